// The pages of staff: conveniences only, every page does its whole work without. One module for each subject.
import "./clock.js";
import "./calls.js";
import "./drafts.js";
import "./files.js";
import "./dialogs.js";
import "./forms.js";
import "./keys.js";
import "./lists.js";
import "./bulk.js";
import "./opening.js";
import "./live.js";
import "./palette.js";
import "./menus.js";
import "./views.js";
import "./quoting.js";
import "./reading.js";
import "./reveal.js";
