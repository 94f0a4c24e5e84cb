#pragma once

#include <string>

#include "report/digest.hpp"
#include "report/words.hpp"

/// The plots as inline SVG, 760 units wide, styled by the page's style sheet. Colours are of the palette by
/// Okabe & Ito (2008) and of one blue from light to dark, so that they can be told apart with any colour
/// vision and in grey.
namespace attune::report {

/// The estimate of distress with its 50 % and 95 % bands, the patient's own answers, and the phases.
[[nodiscard]] std::string course_plot(const Digest& digest, const Vocabulary& words);
/// Intensity asked for and given, on the same axis of time.
[[nodiscard]] std::string intensity_plot(const Digest& digest, const Vocabulary& words);
/// Where the eyes (or the head) pointed, with the areas of interest.
[[nodiscard]] std::string gaze_plot(const Digest& digest, const Vocabulary& words);
/// How often the gaze was on a target, over the session's time, and where head and hands were still.
[[nodiscard]] std::string engagement_plot(const Digest& digest, const Vocabulary& words);
/// A horizontal bar for a table's cell, `share` of the cell's width.
[[nodiscard]] std::string bar(double share, const std::string& css_class);

}  // namespace attune::report
