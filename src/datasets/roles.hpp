#pragma once

#include <string_view>

#include "attune/telemetry/samples.hpp"

namespace attune::datasets {

/// The part an object of the café or the queue plays, by its name: people are social, what answers or informs
/// is the task, plants, flowers, pictures and windows are calm, the rest is neutral.
[[nodiscard]] telemetry::AoiRole role_of(std::string_view object);

}  // namespace attune::datasets
