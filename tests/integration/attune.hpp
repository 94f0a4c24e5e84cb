#pragma once

#include "support/program.hpp"

namespace attune::test {

/// Views for sessions whose pictures are looked at. llvmpipe draws them on the processor: those that nobody
/// looks at are as small as they can be.
inline const std::map<std::string, std::string> small_views{{"ATTUNE_XR_VIEW_SIZE", "320x240"}};
inline const std::map<std::string, std::string> tiny_views{{"ATTUNE_XR_VIEW_SIZE", "32x32"}};

/// In real time every frame is drawn, which takes all of a processor: a headset that wants no pictures
/// (tests/fault_layer), for sessions that are about something else.
inline const std::map<std::string, std::string> no_pictures{
    {"XR_API_LAYER_PATH", ATTUNE_BUILD_DIR "/layers"},
    {"XR_ENABLE_API_LAYERS", "XR_APILAYER_ATTUNE_fault"},
    {"ATTUNE_FAULT", "no_render@1"}};

/// The real program.
inline Outcome attune(std::vector<std::string> arguments,
                      std::map<std::string, std::string> environment = tiny_views) {
  arguments.insert(arguments.begin(), std::string(ATTUNE_BUILD_DIR "/attune"));
  return run(arguments, environment);
}

/// A session of some seconds on a source, headless. Of so many frames one is drawn.
inline std::vector<std::string> session_on(const std::string& source, const std::filesystem::path& recording,
                                           const std::string& seconds = "8",
                                           const std::string& drawn_every = "90") {
  return {"session",  "--program",       "heights",    "--xr",  "replay",         "--input",
          source,     "--headless",      "--duration", seconds, "--render-every", drawn_every,
          "--record", recording.string()};
}

inline std::string shipped_recording() {
  return ATTUNE_SOURCE_DIR "/assets/recordings/virtual-patient.attune";
}

}  // namespace attune::test
