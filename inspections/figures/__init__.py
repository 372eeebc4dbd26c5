"""The figures of finding and rectifying hazards (两化): by enterprise, by district, by month (handbook §5.7, §17)."""
