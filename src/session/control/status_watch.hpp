#pragma once

#include <optional>

#include "attune/session/pipeline.hpp"
#include "attune/session/status.hpp"

namespace attune::session::control {

/// Makes of decisions, once a second of session time, the status that therapists see. The frame loop's.
class StatusWatch {
 public:
  static constexpr double every_s = 1.0;

  /// Call after every `Pipeline::step`. A status when one is due.
  [[nodiscard]] std::optional<Status> look(const telemetry::Frame& frame, const Pipeline& pipeline);

 private:
  std::optional<Status::Rating> suds_;
  std::optional<core::SessionTime> last_;
};

}  // namespace attune::session::control
