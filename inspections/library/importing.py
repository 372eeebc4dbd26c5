"""A checklist from a workbook into a draft edition, and an edition as such a workbook.

The listings room checks the rows and writes them to `ImportedLine`; from there they are taken over in the same
transaction. What the file does not name stays in the draft, so that mended rows can be sent in again by themselves.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import date, datetime
from io import BytesIO
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _
from openpyxl import Workbook
from openpyxl.utils import get_column_letter

from accounts.models import User
from hazards.choices import Category, Grade
from inspections.choices import Method, ReferenceRole
from inspections.library import references
from inspections.library.editions import draft_edition
from inspections.library.items import FACTS, editing, place_item, write
from inspections.library.selectors import lines_of
from inspections.models import CheckItem, Checklist, Edition, ImportedLine, ItemReference
from listings.importing.checking import ask
from listings.importing.parsers import choice, text
from listings.importing.spec import ImportColumn, ImportSpec, Owner, Run
from listings.importing.workbooks import ROWS_SHEET
from listings.spreadsheets import append
from rulebook.models import Law, Mark

Wrong = list[tuple[int, str, str]]
JOINTS = re.compile(r"[、,，;；+＋]")
WIDTHS = (16, 14, 20, 60, 14, 16, 10, 30, 40, 24, 24, 14, 10)


def words_of(choices: Any) -> Callable[[], list[str]]:
    """Return what gives the words of the choices as the notes sheet writes them."""
    return lambda: [str(label) for label in choices.labels]


def methods(run: Run) -> Callable[[Any], str | None]:
    """Ways of checking, as the literal of a text array; joined by a comma, or by a plus as in printed checklists."""
    one = choice(Method)(run)

    def parse(raw: Any) -> str | None:
        found = dict.fromkeys(one(part) for part in JOINTS.split(str(raw or "")) if part.strip())
        return "{" + ",".join(found) + "}" if found else None

    return parse


COLUMNS = (
    ImportColumn("checklist", "检查表编号", text(60), required=True, example="dust", note="检查表须先建立"),
    ImportColumn("code", "编号", text(40), required=True, example="DUST-001"),
    ImportColumn("section", "检查项目", text(80), required=True, example="除尘系统"),
    ImportColumn(
        "content",
        "检查内容",
        text(500),
        required=True,
        example="除尘器按规定设置泄爆装置",
        note="写合格的状态，一行一项",
    ),
    ImportColumn(
        "methods", "检查方式", methods, required=True, allowed=words_of(Method), example="查资料、查现场"
    ),
    ImportColumn(
        "category", "隐患类别", choice(Category), required=True, allowed=words_of(Category), example="消防"
    ),
    ImportColumn("grade", "隐患级别", choice(Grade), required=True, allowed=words_of(Grade), example="一般"),
    ImportColumn("criterion", "重大隐患判定条款", text(130), note="判定标准名称|条款；级别为重大的必填"),
    ImportColumn(
        "basis",
        "检查依据",
        text(300, lines=True),
        required=True,
        example="AWSL:36；GB15577:6.2",
        note="规则库中的简称:条号，用分号隔开；也可写《安全生产法》第三十六条",
    ),
    ImportColumn("measure", "现场处理措施", text(200), example="责令限期改正"),
    ImportColumn("penalty", "处罚依据", text(300, lines=True), example="AWSL:99"),
    ImportColumn("discretion", "裁量条目", text(60)),
    ImportColumn("mark", "可信度", choice(Mark), allowed=lambda: list(Mark.values), example="M"),
)


def unknown_references(table: str, spec: ImportSpec, today: date) -> Wrong:
    """Rows whose basis or penalty names a law that the rulebook does not have; each wording is read once."""
    laws, found = references.laws_by_name(), []
    for name in ("basis", "penalty"):
        rows = defaultdict(list)
        for row_no, words in ask(f'SELECT row_no, "{name}" FROM "{table}" WHERE "{name}" IS NOT NULL'):  # noqa: S608
            rows[words].append(row_no)
        for words, numbers in rows.items():
            try:
                references.read(words, ReferenceRole.BASIS, laws)
            except ValidationError as error:
                found.extend((row_no, name, error.messages[0]) for row_no in numbers)
    return found


def unknown_criteria(table: str, spec: ImportSpec, today: date) -> Wrong:
    """Rows that name a criterion which is not published, and major ones that name none."""
    rows = ask(
        f'SELECT row_no, staged.criterion IS NULL FROM "{table}" staged WHERE '  # noqa: S608
        "(staged.grade = 'major' AND staged.criterion IS NULL) OR (staged.criterion IS NOT NULL AND NOT EXISTS "
        "(SELECT FROM hazards_majorhazardcriterion known WHERE known.set_name || '|' || known.clause = staged.criterion))"
    )
    missing, unknown = (
        gettext("Name the criterion by which the hazard is major."),
        gettext("No criterion has this name."),
    )
    return [(row_no, "criterion", missing if is_missing else unknown) for row_no, is_missing in rows]


def under_review(table: str, spec: ImportSpec, today: date) -> Wrong:
    """Rows of a checklist whose next edition somebody is reviewing: it does not change meanwhile."""
    rows = ask(
        f'SELECT row_no FROM "{table}" staged JOIN inspections_edition edition '  # noqa: S608
        "ON edition.checklist_id = staged.checklist_id WHERE edition.state = 'review'"
    )
    sentence = gettext("The next edition of this checklist is under review.")
    return [(row_no, "checklist", sentence) for (row_no,) in rows]


def take_over(by: User, at: datetime) -> None:
    """Move the imported lines into the drafts of their checklists; a checklist without one gets its next edition."""
    laws, criteria = references.laws_by_name(), criteria_by_name()
    lines = defaultdict(list)
    for line in ImportedLine.objects.select_related("checklist"):
        lines[line.checklist].append(line)
    for checklist, own in lines.items():
        edition = checklist.editions.filter(state="draft").first() or draft_edition(checklist, by=by, at=at)
        with editing(edition, "import_library", by=by, at=at, data={"lines": len(own)}) as held:
            merge(held, own, laws, criteria, at)
    ImportedLine.objects.filter(pk__in=[line.pk for own in lines.values() for line in own]).delete()


def criteria_by_name() -> dict[str, Any]:
    """Return each criterion under `set|clause`."""
    model = CheckItem._meta.get_field("criterion").related_model
    return {f"{each.set_name}|{each.clause}": each for each in model.objects.all()}


def merge(
    edition: Edition,
    lines: Iterable[ImportedLine],
    laws: dict[str, Law],
    criteria: dict[str, Any],
    at: datetime,
) -> None:
    """Bring each line into the draft: unchanged, reworded, taken from the library, or new."""
    standing = {line.item.code: line for line in lines_of(edition)}
    library = CheckItem.objects.in_library().filter(code__in=[line.code for line in lines])
    known = {item.code: item for item in library.prefetch_related("references")}
    for line in lines:
        facts, cited = facts_of(line, criteria), references_of(line, laws)
        place = standing.get(line.code)
        item = place.item if place else known.get(line.code)
        if item is not None and says_the_same(item, facts, cited):
            made = item
        elif item is not None and item.is_draft:
            made = write(item, facts, cited)
        else:
            made = write(CheckItem(created_at=at, replaces=item), facts, cited)
        if place is None:
            place_item(edition, made)
        elif place.item_id != made.pk:
            edition.lines.filter(pk=place.pk).update(item=made)


def facts_of(line: ImportedLine, criteria: dict[str, Any]) -> dict[str, Any]:
    """Return the fields of the item that a line describes."""
    facts = {name: getattr(line, name) for name in FACTS}
    return {**facts, "criterion": criteria.get(line.criterion)}


def references_of(line: ImportedLine, laws: dict[str, Law]) -> list[ItemReference]:
    """Return the references that a line names."""
    return [
        *references.read(line.basis, ReferenceRole.BASIS, laws),
        *references.read(line.penalty, ReferenceRole.PENALTY, laws),
    ]


def says_the_same(item: CheckItem, facts: dict[str, Any], cited: Iterable[ItemReference]) -> bool:
    """Say whether an item reads as the line does."""
    return all(getattr(item, name) == value for name, value in facts.items()) and keys(
        item.references.all()
    ) >= keys(cited) >= {key for key in keys(item.references.all()) if key[0] != ReferenceRole.MEASURE}


def keys(cited: Iterable[ItemReference]) -> set[tuple[Any, ...]]:
    """Return what tells references apart."""
    return {(each.role, each.law_id, each.number, each.branch, each.clause) for each in cited}


LIBRARY = ImportSpec(
    key="inspections.library",
    title=_("Import of checklists"),
    model=ImportedLine,
    permission="inspections.import_library",
    columns=COLUMNS,
    key_name="checklist",
    owner=Owner("checklist", "code"),
    own_keys=("code",),
    list_url="inspections:checklists",
    import_url="inspections:import_library",
    stamps={"position": "staged.row_no"},
    checks=(unknown_references, unknown_criteria, under_review),
    take_over=take_over,
)


def sheet_of(edition: Edition) -> bytes:
    """Return the edition as the workbook that the import reads."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(ROWS_SHEET)
    for place, width in enumerate(WIDTHS, 1):
        sheet.column_dimensions[get_column_letter(place)].width = width
    sheet.freeze_panes = "A2"
    append(sheet, [column.head for column in COLUMNS])
    with override("zh-hans"):
        for line in lines_of(edition):
            append(sheet, cells_of(edition.checklist, line.item))
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def cells_of(checklist: Checklist, item: CheckItem) -> list[str]:
    """Return a row of the workbook."""
    cited = list(item.references.all())
    criterion = f"{item.criterion.set_name}|{item.criterion.clause}" if item.criterion else ""
    return [
        checklist.code,
        item.code,
        item.section,
        item.content,
        "、".join(str(Method(code).label) for code in item.methods),
        str(item.get_category_display()),
        str(item.get_grade_display()),
        criterion,
        references.written(cited, ReferenceRole.BASIS).replace("\n", "；"),
        item.measure,
        references.written(cited, ReferenceRole.PENALTY).replace("\n", "；"),
        item.discretion,
        item.mark,
    ]
