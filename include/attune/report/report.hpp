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

}  // namespace attune::report
