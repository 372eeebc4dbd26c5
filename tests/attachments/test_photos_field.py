"""The field takes several files, and says of each what is wrong with it."""

from django import forms

from attachments.fields import PhotosField
from tests.attachments import samples


class Report(forms.Form):
    photos = PhotosField(label="Photos", purpose="before")


def filled(*uploads) -> Report:
    """The form as it comes back."""
    from django.utils.datastructures import MultiValueDict  # noqa: PLC0415 - only here

    return Report({}, MultiValueDict({"photos": list(uploads)}))


def good(name="a.jpg"):
    return samples.upload(samples.picture(), name)


def test_sound_files_come_out_in_the_order_given():
    form = filled(good("a.jpg"), samples.upload(samples.pdf(), "b.pdf"))
    assert form.is_valid()
    assert [upload.name for upload in form.cleaned_data["photos"]] == ["a.jpg", "b.pdf"]


def test_each_bad_file_is_named_with_its_fault():
    form = filled(good(), samples.upload(b"MZ", "b.jpg"), samples.upload(b"", "c.pdf"))
    assert form.errors["photos"] == [
        "b.jpg：The name says .jpg, but the content is something else.",
        "c.pdf：The file is empty.",
    ]


def test_a_required_field_asks_for_a_file():
    assert filled().errors["photos"] == ["This field is required."]


def test_more_than_a_dozen_at_once_are_refused():
    assert filled(*[good(f"{n}.jpg") for n in range(13)]).errors["photos"] == ["At most 12 files at once."]


def test_it_offers_camera_and_album_and_several_files():
    html = str(Report()["photos"])
    assert "multiple" in html
    assert 'accept="image/jpeg,image/png,image/webp,.pdf,.docx,.xlsx"' in html
    # With `capture` a phone would offer the camera alone, and a photo taken a minute ago could not be added.
    assert "capture" not in html


def test_the_purpose_travels_with_the_field():
    assert Report().fields["photos"].purpose == "before"
