#pragma once

#include "support/program.hpp"

namespace attune::test {

/// Small views: llvmpipe draws on the processor.
inline const std::map<std::string, std::string> small_views{{"ATTUNE_XR_VIEW_SIZE", "320x240"}};

/// The real program.
inline Outcome attune(std::vector<std::string> arguments,
                      std::map<std::string, std::string> environment = small_views) {
  arguments.insert(arguments.begin(), std::string(ATTUNE_BUILD_DIR "/attune"));
  return run(arguments, environment);
}

/// A session of some seconds on a source, headless, without drawing every frame.
inline std::vector<std::string> session_on(const std::string& source, const std::filesystem::path& recording,
                                           const std::string& seconds = "8") {
  return {"session",    "--program",  "heights", "--xr",           "replay", "--input",  source,
          "--headless", "--duration", seconds,   "--render-every", "30",     "--record", recording.string()};
}

inline std::string shipped_recording() {
  return ATTUNE_SOURCE_DIR "/assets/recordings/virtual-patient.attune";
}

}  // namespace attune::test
