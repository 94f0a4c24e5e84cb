#pragma once

#include <array>
#include <glm/gtc/quaternion.hpp>
#include <nlohmann/json.hpp>

#include "integration/attune.hpp"
#include "support/light.hpp"

namespace attune::test {

/// What the runtime got to see of one frame: written by the API layer of tests/picture_layer.
struct Seen {
  struct Eye {
    Light light;
    std::uint32_t array_layer = 0;
    glm::vec3 position_m{};
    glm::quat orientation{};
    double left_rad = 0, right_rad = 0;
  };
  std::string graphics;     ///< the device that drew
  std::int64_t format = 0;  ///< VkFormat of the swapchain
  std::array<Eye, 2> eyes;
};

/// Empty-handed (format 0) when the layer wrote nothing.
inline Seen read_seen(const std::filesystem::path& folder) {
  Seen seen;
  const auto json = nlohmann::json::parse(whole_file(folder / "seen.json"), nullptr, false);
  if (json.is_discarded()) return seen;
  seen.graphics = json.at("graphics");
  seen.format = json.at("format");
  for (std::size_t e = 0; e < 2; ++e) {
    const auto& from = json.at("eyes").at(e);
    const auto &at = from.at("position_m"), &turn = from.at("orientation");
    auto& eye = seen.eyes[e];
    eye.array_layer = from.at("layer");
    eye.position_m = {at[0], at[1], at[2]};
    eye.orientation = glm::quat(turn[3], turn[0], turn[1], turn[2]);
    eye.left_rad = from.at("left_rad");
    eye.right_rad = from.at("right_rad");
    eye.light = {from.at("width"), from.at("height"), {}};
    const auto bytes = whole_file(folder / ("eye" + std::to_string(e) + ".light"));
    eye.light.rgba.resize(bytes.size() / sizeof(float));
    std::memcpy(eye.light.rgba.data(), bytes.data(), bytes.size());
  }
  return seen;
}

/// A session of five seconds with pictures: what the runtime saw of a frame at 2.8 s is in `folder`,
/// screenshots in `folder`/shots.
inline Outcome session_seen(const std::filesystem::path& folder,
                            std::map<std::string, std::string> environment) {
  environment.insert(small_views.begin(), small_views.end());
  environment.insert({{"XR_API_LAYER_PATH", ATTUNE_BUILD_DIR "/layers"},
                      {"XR_ENABLE_API_LAYERS", "XR_APILAYER_ATTUNE_picture"},
                      {"ATTUNE_SEEN", folder.string()},
                      {"ATTUNE_SEEN_FRAME", "200"}});
  auto command = session_on("patient:shipped:3", folder / "s.attune", "5", "50");
  command.insert(command.end(), {"--screenshots", (folder / "shots").string(), "--json"});
  return attune(command, environment);
}

}  // namespace attune::test
