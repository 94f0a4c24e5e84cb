#pragma once

#include <filesystem>
#include <functional>
#include <vector>

#include "attune/telemetry/frame.hpp"

namespace attune::test {

/// Records somebody who stands, looks straight ahead and holds two controllers, frame by frame; `happen`
/// changes the frames. @return the frames as they were recorded.
std::vector<telemetry::Frame> record_person(const std::filesystem::path& path, double rate_hz,
                                            double length_s,
                                            const std::function<void(telemetry::Frame&)>& happen);

}  // namespace attune::test
