#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "report/digest.hpp"
#include "report/words.hpp"

/// The parts of the page, in the order a therapist reads them. Each is one piece of HTML with its heading.
namespace attune::report {

/// What every part is written from.
struct Material {
  const record::Recording& recording;
  const Digest& digest;
  const Vocabulary& words;
};

[[nodiscard]] std::string title_section(const Material& m);
[[nodiscard]] std::string glance_section(const Material& m);
[[nodiscard]] std::string course_section(const Material& m);
[[nodiscard]] std::string exposure_section(const Material& m);
/// Steps, why they were left, and what practices and the expectancy card brought; empty where nothing was
/// practised.
[[nodiscard]] std::string practice_section(const Material& m);
[[nodiscard]] std::string reasons_section(const Material& m);
/// What a therapist takes along; facts, no advice.
[[nodiscard]] std::string next_section(const Material& m);
/// Heart, breath and skin, phase by phase; empty where nothing was measured and no guide shown.
[[nodiscard]] std::string vitals_section(const Material& m);
/// What was looked at, and whether it was what the programme wants faced.
[[nodiscard]] std::string attention_section(const Material& m);
/// How it was looked at, phase by phase; stillness.
[[nodiscard]] std::string looking_section(const Material& m);
/// Errors: a picture is missing or no PNG.
[[nodiscard]] core::Result<std::string> shown_section(const Material& m,
                                                      const std::vector<std::filesystem::path>& pictures);
[[nodiscard]] std::string answers_section(const Material& m);
[[nodiscard]] std::string events_section(const Material& m);
[[nodiscard]] std::string quality_section(const Material& m);
[[nodiscard]] std::string versions_section(const Material& m);

/// "47 (95 %: 31 to 63)": the state in SUDS, never without its band.
[[nodiscard]] std::string state_text(const CoursePoint& point);

}  // namespace attune::report
