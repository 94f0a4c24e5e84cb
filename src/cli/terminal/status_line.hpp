#pragma once

#include <string>

#include "attune/session/status.hpp"

namespace attune::cli {

/// How a session stands, in one line for a therapist; what matters most comes first, since a narrow terminal
/// shows its beginning. The state never comes without its band.
[[nodiscard]] std::string status_line(const session::Status& status, treatment::Middle middle,
                                      treatment::Language language);

}  // namespace attune::cli
