"""What is wrong in a file and how to mend it, and what was noticed: a sentence for each code."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy

from pingyi.core.refusals import Sentence

# What is wrong, and what to do. Placeholders are the parameters of the issue.
SENTENCES: Mapping[str, Sentence] = {
    "required": gettext_lazy("The cell is empty. Fill it in or delete the whole row."),
    "shows_error": gettext_lazy(
        "The cell shows “{value}” in the place of a value. Correct its formula, or enter the value."
    ),
    "no_result": gettext_lazy(
        "The file holds the formula {value} of this cell and not its result. Open the workbook, "
        "let it calculate, save it and upload it again; or enter the value."
    ),
    "not_text": gettext_lazy("“{value}” is not a name. Write words; format the column as text."),
    "not_a_name": gettext_lazy("“{value}” is not a person's name. Write only the name."),
    "too_long": gettext_lazy("“{value}” is too long. At most {limit} characters are kept."),
    "not_a_code": gettext_lazy(
        "“{value}” is not a code. Write letters, digits and the signs - _ . only."
    ),
    "identity_as_number": gettext_lazy(
        "The identity number {value} is stored as a number and has lost digits. "
        "Format the column as text and enter it again."
    ),
    "not_an_identity": gettext_lazy(
        "{value} is not an identity number. Write 18 digits, the last may be X, or leave it empty."
    ),
    "identity_sign": gettext_lazy(
        "{value} holds “{sign}” ({sign_code}), which no identity number has. "
        "Write 18 digits, the last may be X."
    ),
    "not_a_date": gettext_lazy("“{value}” is not a date. Write it as 2011-06-30."),
    "only_a_year": gettext_lazy(
        "“{value}” is only the year {year}. Write the month and the day too, as 2011-06-30."
    ),
    "january_or_october": gettext_lazy(
        "“{value}” is a number, so that it can be January or October {year}. Write {year}-01 or "
        "{year}-10."
    ),
    "not_offered": gettext_lazy("“{value}” is not known here. Write one of: {offered}."),
    "code_twice": gettext_lazy(
        "The code {value} stands in {cell} already. Give each its own code."
    ),
    "code_of_ended": gettext_lazy(
        "{value} is the code of “{name}”, which is closed. Use the code of an open organization."
    ),
    "code_outside": gettext_lazy(
        "{value} lies outside the organization into which you import. "
        "Take the row out or ask whoever is responsible there."
    ),
    "parent_unknown": gettext_lazy(
        "There is no organization with the code {value}, neither in the file nor in the register. "
        "Correct the code or add the organization."
    ),
    "above_the_scope": gettext_lazy(
        "The file places {value} above the organization into which you import, which stays where "
        "it is. Leave this cell empty."
    ),
    "organization_unknown": gettext_lazy(
        "There is no organization with the code {value}, neither in the file nor in the register. "
        "Correct the code or add the organization to its sheet."
    ),
    "place_ambiguous": gettext_lazy(
        "“{value}” ({rows} rows) can be more than one organization: {choices}. Choose it above, or "
        "write the code."
    ),
    "place_unknown": gettext_lazy(
        "There is no organization of the name “{value}” ({rows} rows) in your part of the tree. "
        "Choose it above, register it as new there, or correct the name."
    ),
    "place_missing": gettext_lazy(
        "No column says to which organization the {rows} members belong, and neither does the "
        "title. Choose it above."
    ),
    "circle": gettext_lazy(
        "These organizations stand above each other in a circle: {way}. Correct one parent code."
    ),
    "namesakes": gettext_lazy(
        "“{value}” stands in the same organization in {cell} already. "
        "If they are two people, give both identity numbers; else delete one row."
    ),
    "identity_twice": gettext_lazy(
        "The identity number ending in {value} belongs to {name} in {cell} already. "
        "Delete one row or correct the number."
    ),
    "person_number_wrong": gettext_lazy(
        "{value} is no person number of this register. Leave it as it was exported; for somebody "
        "new leave it empty."
    ),
    "person_number_twice": gettext_lazy(
        "The person number of “{value}” stands in {cell} already. For somebody new leave it empty."
    ),
    "person_number_outside": gettext_lazy(
        "The person number of “{value}” is of somebody outside the organization into which you "
        "import. Take the row out or ask whoever is responsible there."
    ),
    "identity_of_other": gettext_lazy(
        "The identity number ending in {value} is that of {name}. Correct the number."
    ),
    "last_four_differ": gettext_lazy(
        "The masked identity number ends in {value}, that of the register in {last4}. Write the "
        "whole number, or leave the cell empty."
    ),
    "identity_masked": gettext_lazy(
        "{count} identity numbers are masked. Only their last four are kept, and nobody is "
        "recognized by them: {examples}"
    ),
    "ambiguous": gettext_lazy(
        "More than one person can be meant: {people}. Give the identity number."
    ),
    "person_not_there": gettext_lazy(
        "Nobody of that name is a member of {value}. Correct the code or give the identity number."
    ),
    "person_unknown": gettext_lazy(
        "Nobody is known by {value}. Add the person to the sheet of members or posts first."
    ),
    "member_elsewhere": gettext_lazy(
        "This person is a member of an organization outside your part of the tree. "
        "Ask for the transfer there first."
    ),
    "line_twice": gettext_lazy("The same line stands in {cell} already. Delete one of the two."),
    "two_names": gettext_lazy("{of} has another name in {cell}. Give each code one name."),
    "two_parents": gettext_lazy("{of} stands under another code in {cell}. Give it one place."),
    "begins_later": gettext_lazy(
        "“{value}” began on {begun} and cannot end on {effective}. "
        "Choose a later effective date, or undo the import that added it."
    ),
    "in_the_future": gettext_lazy("{value} lies after {latest}. Nobody joins or is born later."),
    "register_changed": gettext_lazy(
        "Nothing was written: the register has changed since this preview. "
        "Preview the file again. Changed: {labels}"
    ),
    "errors_left_out": gettext_lazy(
        "The file has {count} errors; the first {kept} are listed. Mend what they have in common "
        "and upload the file again."
    ),
    "broken_off": gettext_lazy(
        "The work was broken off by a fault of the program and nothing was written. "
        "Preview the file again; if it happens again, tell your administrator."
    ),
    "file.sheets_missing": gettext_lazy(
        "It could not be told what the file holds. It has the sheets {found}; of ours it lacks "
        "{missing}. Any of these ways will do: send one sheet alone, whatever its name, with the "
        "columns 姓名、所在党支部 and others (members) or 姓名、职务、所在党组织 (leaders); say "
        "yourself which column is what, with the button above the list; or fill in the four "
        "sheets of the template."
    ),
    # Remarks
    "normalized": gettext_lazy("{count} values were read without what people vary: {examples}"),
    "sheet_not_read": gettext_lazy(
        "The sheet was not read: it is none of those that are imported, or another of that name "
        "was. Where it is a list, import it as a file of its own."
    ),
    "sheet_beside": gettext_lazy("The sheet was read as well, as a list of leaders."),
    "sheet_of_organizations": gettext_lazy(
        "The sheet was read as well, as a list of organizations."
    ),
    "sheet_hidden": gettext_lazy("The sheet is hidden and was not read."),
    "marks_unknown": gettext_lazy(
        "In this file errors in cells, and rows that are hidden or struck through, cannot be "
        "found. Please compare, or save it as .xlsx and upload that."
    ),
    "row_hidden": gettext_lazy(
        "{count} rows are hidden or filtered out, and were read all the same: {examples}. To leave "
        "them out, upload the file again and say so there."
    ),
    "row_struck": gettext_lazy(
        "{count} rows hold a text that is struck through, and were read all the same: {examples}. "
        "To leave them out, upload the file again and say so there."
    ),
    "row_hidden_out": gettext_lazy(
        "{count} rows are hidden or filtered out and were left out: {examples}"
    ),
    "row_struck_out": gettext_lazy(
        "{count} rows hold a text that is struck through and were left out: {examples}"
    ),
    "column_hidden": gettext_lazy("The column is hidden on the sheet, and was read all the same."),
    "headings_again": gettext_lazy(
        "{count} lines repeat the headings or the title and were left out: {examples}"
    ),
    "row_aside": gettext_lazy(
        "{count} lines are none of the table (totals, who filled it in, notes) and were left out: "
        "{examples}"
    ),
    "heading_guessed": gettext_lazy("The column “{label}” was read as “{value}”."),
    "identity_guessed": gettext_lazy(
        "The column “{label}” was read as “{value}” because such numbers stand in it. If they are "
        "somebody else’s, choose the columns yourself."
    ),
    "column_nameless": gettext_lazy(
        "{count} columns have no heading and were not read; the first values in them: {examples}"
    ),
    "column_like": gettext_lazy(
        "The column “{label}” is not used. If it is “{value}”, give it that heading."
    ),
    "merged": gettext_lazy(
        "{count} merged cells were read as if their value stood in every row: {examples}"
    ),
    "merged_across": gettext_lazy(
        "{count} cells are merged over several columns; their value was read for the first of them "
        "only: {examples}"
    ),
    "identity_cleaned": gettext_lazy(
        "{count} identity numbers were read without what does not belong to them "
        "(blanks, signs that nobody sees, apostrophes): {examples}"
    ),
    "identity_of_15": gettext_lazy(
        "{count} identity numbers of 15 digits were read with the century and the check digit of "
        "18; please compare: {examples}"
    ),
    "said_nothing": gettext_lazy("{count} cells say that there is nothing: {examples}"),
    "name_doubtful": gettext_lazy(
        "{count} names are perhaps none, or not whole: {examples}. Correct them in the file, or "
        "apply it if they are right."
    ),
    "identity_doubtful": gettext_lazy(
        "{count} identity numbers do not agree with their check digit or birthday. "
        "They are taken as they are; please compare: {examples}"
    ),
    "sex_not_as_number": gettext_lazy(
        "{count} times the sex is not the one that the identity number says (as written → in the "
        "number). It is taken as written; please compare: {examples}"
    ),
    "birth_not_as_number": gettext_lazy(
        "{count} birth dates are not those of the identity number (as written → in the number). "
        "They are taken as written; please compare: {examples}"
    ),
    "joined_under_age": gettext_lazy(
        "{count} members would have joined before they were eighteen; please compare: {examples}"
    ),
    "name_near": gettext_lazy(
        "“{value}” would be added as a new person; {person} is a member of {place}. "
        "If it is the same person, answer so above; else they are two. Nobody who is asked about "
        "ends before that."
    ),
    "rows_near": gettext_lazy(
        "{count} pairs of members of one organization in this file have names that are nearly one: "
        "{examples}. If they are the same person, delete one row."
    ),
    "name_apart": gettext_lazy(
        "{count} names were read without the sex or standing that stands behind them, which is "
        "taken as said: {examples}"
    ),
    "suffix_contradicts": gettext_lazy(
        "“{value}” says {own}, and {place} says {other}. Correct one of the two."
    ),
    "name_otherwise": gettext_lazy(
        "{count} names are written otherwise than they are known (as written → as known), and mean "
        "the same people. Names of the register stay as they are: {examples}"
    ),
    "merged_twice": gettext_lazy(
        "“{value}” is the same person as in {cell}: the two records were merged in the register. "
        "The row was left out."
    ),
    "since_kept": gettext_lazy(
        "The register says {since}, and keeps it: other entries lead up to that day."
    ),
    "here_before_joined": gettext_lazy(
        "{count} members would have come to the organization before they joined the Party; "
        "please compare: {examples}"
    ),
    "here_before_founding": gettext_lazy(
        "{count} members would have come to an organization before it was founded; their "
        "membership there begins with it: {examples}"
    ),
    "holder_in_file": gettext_lazy(
        "{count} leaders without an identity number are members in the same file, the only ones of "
        "their names, below the organization of the post; they are taken for the same people "
        "(leader → member): {examples}"
    ),
    "namesake_without_number": gettext_lazy(
        "“{value}” is entered as a person without membership. There are also: {people}. "
        "If it is the same person, give the identity number or where the person is a member."
    ),
    "ends_and_namesake_begins": gettext_lazy(
        "The membership of “{value}” ends and somebody of the same name begins. "
        "If it is the same person, give the identity number in both places."
    ),
    "ends_most": gettext_lazy(
        "This file ends {organizations} of {all_organizations} organizations and {members} of "
        "{all_members} members. Is it really complete?"
    ),
    "sector_by_name": gettext_lazy(
        "The list names no sectors. {count} new branches have the one that their names say: "
        "{examples}"
    ),
    "members_without_sector": gettext_lazy(
        "{count} organizations have members but no sector, so no table counts these: {names}"
    ),
    "older_than_above": gettext_lazy(
        "{count} new organizations are older than the one above them and stand in the tree only "
        "from the day on which that begins: {names}"
    ),
    "begins_with_import": gettext_lazy(
        "{count} new organizations have no founding date and begin on {day}. For a campaign with "
        "that cut-off date or a later one nothing has to be done; one with an earlier cut-off date "
        "does not see them: {names}"
    ),
    "no_font": gettext_lazy(
        "{count} names hold characters that no font of the machine has ({codes}). Papers show a "
        "box there; please compare with the identity card: {names}"
    ),
    "column_ignored": gettext_lazy("The column “{label}” is not used."),
    "place_by_name": gettext_lazy(
        "{count} organizations were found by their names or by codes in other letters: {examples}"
    ),
    "place_chosen": gettext_lazy("All rows are placed in the organization that was chosen: {name}"),
    "place_of_scope": gettext_lazy(
        "No column says where the members belong; all are placed in {name}, into which you import."
    ),
    "place_of_title": gettext_lazy(
        "No column says where the members belong; by the title all are placed in {name}."
    ),
    "standing_assumed": gettext_lazy(
        "{count} members without a standing are taken for full members: {names}"
    ),
    "standing_aside": gettext_lazy(
        "{count} members have their standing from the remarks: {examples}."
    ),
    "remark_not_read": gettext_lazy(
        "{count} remarks say neither a standing nor a post and were not read: {examples}"
    ),
    "standing_aside_other": gettext_lazy(
        "{count} remarks say another standing than the column of standings, which is taken: "
        "{examples}"
    ),
    "post_aside": gettext_lazy(
        "{count} remarks name posts, which a list of members does not give: {examples}. Import "
        "them as a list of leaders (姓名、职务、所在党组织), or appoint them on the pages of the "
        "organizations."
    ),
    "post_offered": gettext_lazy(
        "{count} remarks name posts of branches: {examples}. They are not in the list of members; "
        "“Take over the posts in the remarks” beneath adds them."
    ),
    "post_taken": gettext_lazy("{count} posts are taken over from the remarks: {examples}"),
    "category_by_title": gettext_lazy(
        "{count} secretaries have no leader category. It is filled in by the level of their "
        "organization, so that they count as its secretaries: {examples}"
    ),
    "leader_by_title": gettext_lazy(
        "{count} deputies and members of committees have no leader category. It is filled in by "
        "the level of their organization, so that the leaders' table counts them: {examples}"
    ),
    "secretary_without_category": gettext_lazy(
        "{count} posts are called as those of secretaries and have no leader category, so that "
        "these people do not count as secretaries: {examples}. Write the category, or correct the "
        "post on the page of the organization."
    ),
    "month_only": gettext_lazy(
        "{count} dates say the month only. They are kept as its first day and are never compared "
        "by the day: {examples}"
    ),
    "row_of_notes": gettext_lazy(
        "{count} lines below the headings say how to fill them in and were left out: {examples}"
    ),
    "columns_ignored": gettext_lazy("{count} columns are not used: {columns}"),
    "sheet_guessed": gettext_lazy(
        "The list was read as the sheet “{value}”, by its headings: {columns}."
    ),
    "columns_remembered": gettext_lazy(
        "The columns were taken as it was said for “{value}” on {day}. Look at them if the list "
        "has become another one."
    ),
    "columns_guessed": gettext_lazy(
        "The columns were recognized by their headings as a tree. "
        "Check levels, kinds and sectors below before you apply."
    ),
    # A mapping that somebody wrote
    "mapping.no_object": gettext_lazy(
        "The mapping must be an object with “levels”, or with “sheet” and “columns”."
    ),
    "mapping.no_levels": gettext_lazy("“levels” must be a list of steps from the top down."),
    "mapping.no_columns": gettext_lazy(
        "Every step of “levels” names its two columns, “code” and “name”."
    ),
    "mapping.not_offered": gettext_lazy("“{key}” knows only: {offered}."),
    "mapping.columns_missing": gettext_lazy("“columns” must name a heading for: {missing}."),
}
FALLBACK = gettext_lazy("Nothing was written. {labels}")
