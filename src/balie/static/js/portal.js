// The public pages: conveniences only, every page does its whole work without.
import "./reading.js";
import "./forms.js";
