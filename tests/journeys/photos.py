"""A photo as a phone takes it, with time and place."""

from io import BytesIO
from pathlib import Path

from PIL import ExifTags, Image, ImageDraw


def take_photo(folder: Path, name: str, colour: str) -> Path:
    """Write a real JPEG with EXIF time and GPS position and return where it is."""
    image = Image.new("RGB", (1600, 1200), colour)
    ImageDraw.Draw(image).rectangle((200, 200, 900, 800), fill="white")
    exif = image.getexif()
    exif[ExifTags.Base.DateTime] = "2026:03:10 09:58:00"
    exif.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.DateTimeOriginal] = "2026:03:10 09:58:00"
    gps = exif.get_ifd(ExifTags.IFD.GPSInfo)
    gps.update(
        {
            ExifTags.GPS.GPSLatitudeRef: "N",
            ExifTags.GPS.GPSLatitude: (37.0, 3.0, 0.0),
            ExifTags.GPS.GPSLongitudeRef: "E",
            ExifTags.GPS.GPSLongitude: (118.0, 24.0, 0.0),
        }
    )
    data = BytesIO()
    image.save(data, "JPEG", exif=exif)
    path = folder / name
    path.write_bytes(data.getvalue())
    return path
