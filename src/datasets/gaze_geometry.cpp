#include "datasets/gaze_geometry.hpp"

#include <cmath>
#include <glm/geometric.hpp>
#include <glm/trigonometric.hpp>

#include "attune/datasets/number_file.hpp"

namespace attune::datasets {

namespace {

/// The text behind "KEY=" up to a blank.
std::optional<std::string_view> stated(const std::vector<std::string>& comments, std::string_view key) {
  const auto wanted = std::string(key) + "=";
  for (const std::string_view comment : comments) {
    const auto found = comment.find(wanted);
    if (found == std::string_view::npos) continue;
    const auto from = comment.substr(found + wanted.size());
    return from.substr(0, from.find_first_of(" ;\t"));
  }
  return std::nullopt;
}

bool above_zero(const std::optional<double>& value) { return value && *value > 0.0; }

/// "1024x768".
bool read_pair(std::optional<std::string_view> text, double& first, double& second) {
  if (!text) return false;
  const auto cross = text->find('x');
  if (cross == std::string_view::npos) return false;
  const auto a = field_number(text->substr(0, cross), true), b = field_number(text->substr(cross + 1), true);
  if (!above_zero(a) || !above_zero(b)) return false;
  first = *a;
  second = *b;
  return true;
}

}  // namespace

std::optional<GazeScreen> stated_screen(const std::vector<std::string>& comments) {
  GazeScreen screen;
  const auto distance = stated(comments, "distance_m");
  const auto distance_m = distance ? field_number(*distance, true) : std::nullopt;
  if (!above_zero(distance_m)) return std::nullopt;
  screen.distance_m = *distance_m;
  if (!read_pair(stated(comments, "screen_px"), screen.width_px, screen.height_px)) return std::nullopt;
  if (!read_pair(stated(comments, "screen_m"), screen.width_m, screen.height_m)) return std::nullopt;
  return screen;
}

std::optional<glm::vec3> direction_of_pixel(const GazeScreen& screen, double x_px, double y_px) {
  const bool closed = x_px == 0.0 && y_px == 0.0;
  const double right = x_px / screen.width_px - 0.5, down = y_px / screen.height_px - 0.5;
  if (closed || !(std::abs(right) <= 1.0) || !(std::abs(down) <= 1.0)) return std::nullopt;  // NaN as well
  return glm::normalize(
      glm::vec3(glm::dvec3(right * screen.width_m, -down * screen.height_m, -screen.distance_m)));
}

std::optional<glm::vec3> direction_of_angles(double yaw_deg, double pitch_deg) {
  if (!std::isfinite(yaw_deg) || !(std::abs(pitch_deg) <= 90.0)) return std::nullopt;
  const double yaw = glm::radians(yaw_deg), pitch = glm::radians(pitch_deg);
  return glm::vec3(
      glm::dvec3(std::sin(yaw) * std::cos(pitch), std::sin(pitch), -std::cos(yaw) * std::cos(pitch)));
}

}  // namespace attune::datasets
