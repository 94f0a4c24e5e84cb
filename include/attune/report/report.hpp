#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "attune/core/result.hpp"
#include "attune/record/recording.hpp"

namespace attune::report {

struct ReportOptions {
  /// PNG pictures of the session, put into the page itself, in order of time.
  std::vector<std::filesystem::path> pictures;
};

/// The report of a session as one HTML page: plots as inline SVG, pictures inside, no script, nothing
/// fetched. It is written for a therapist: titles in English and Chinese, the state never without its
/// uncertainty, and what is missing or damaged is said. Errors: the recording changed while it was read, or a
/// picture is missing or no PNG.
[[nodiscard]] core::Result<std::string> write_html(const record::Recording& recording,
                                                   const ReportOptions& options = {});

/// The figures that the page shows of what was looked at, as one object of strict JSON: times in seconds,
/// shares 0..1, what is not known is null. docs/gaze.md names the keys.
/// Errors: the recording changed while it was read.
[[nodiscard]] core::Result<std::string> write_json(const record::Recording& recording);

}  // namespace attune::report
