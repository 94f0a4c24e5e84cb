#pragma once

#include <array>
#include <span>

#include "attune/telemetry/frame.hpp"
#include "attune/treatment/machine.hpp"

namespace attune::session {

/// One answer for each command of a frame, in their order.
using CommandReasons = std::array<treatment::Reason, decltype(telemetry::Frame::commands)::capacity()>;

/// What the session machine answered to the commands of a frame; `Reason::none` for one that it never met.
/// @param met  what it met in that frame: the commands in their order, and other things before and between
/// them
[[nodiscard]] CommandReasons reasons_of(const telemetry::Frame& frame,
                                        std::span<const treatment::LoggedEvent> met);

}  // namespace attune::session
