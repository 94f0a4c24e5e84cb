#pragma once

#include "xr_replay/call.hpp"
#include "xr_replay/session.hpp"

namespace attune::xr_replay {

/// XR_SUCCESS, or what is wrong with the layers of a frame. Every layer is checked as if it were shown.
[[nodiscard]] XrResult check_layers(const XrFrameEndInfo& info, const Session& session, Call& call);

}  // namespace attune::xr_replay
