"""The life of an enterprise's file: its status, its moving to another district, merging of doubles, handing over."""
