#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace attune::sensors {

/// How far a source is.
enum class Progress : std::uint8_t {
  working,   ///< it listens
  starting,  ///< it looks for its sensor, or connects: wait
  failing,   ///< somebody has to do something
};

/// How a source is doing, in words for people.
struct SourceStatus {
  std::string name;  ///< "OSC 127.0.0.1:9000"
  Progress progress = Progress::starting;
  std::string state;                ///< one sentence, with what to do where it fails
  std::vector<std::string> unread;  ///< some of what came in and is in no rule
};

}  // namespace attune::sensors
