#pragma once

#include <fstream>
#include <sstream>
#include <stdexcept>
#include <string>

#include "attune/treatment/machine.hpp"
#include "attune/treatment/programme.hpp"

namespace attune::treatment {

inline std::string heights_file() { return ATTUNE_SOURCE_DIR "/assets/programs/heights.toml"; }

inline std::string heights_text() {
  std::ifstream file(heights_file());
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

/// The programme we ship.
inline const Programme& heights() {
  static const Programme programme = [] {
    auto read = Programme::load(heights_file());
    if (!read) throw std::runtime_error(read.error().message);
    return *read;
  }();
  return programme;
}

/// Lets a machine's time pass from one second to another, at 10 frames a second.
inline void run(SessionMachine& machine, double from_s, double to_s, const telemetry::HeadsetState& headset) {
  for (double time_s = from_s; time_s <= to_s; time_s += 0.1)
    machine.begin_frame(core::at_seconds(time_s), headset);
}

}  // namespace attune::treatment
