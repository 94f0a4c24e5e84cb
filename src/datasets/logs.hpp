#pragma once

#include <cstdint>
#include <glm/vec3.hpp>
#include <string>
#include <vector>

#include "attune/core/result.hpp"
#include "datasets/table.hpp"

/// The logs that Unity wrote in the café and the queue, still in its frame of reference.
namespace attune::datasets {

/// Instants of a row: time stamp of the headset's clock, and the game's clock, which stands at 0 until the
/// visit starts.
struct LogTime {
  std::int64_t ns = 0;
  double game_s = 0.0;
};

struct PoseRow : LogTime {
  glm::vec3 position_m{0.0F};
  glm::vec3 euler_deg{0.0F};
};
struct GazeRow : LogTime {
  std::string object;
  glm::vec3 hit_m{0.0F};
};
struct ButtonRow : LogTime {
  std::string button;
};
struct GrabRow : LogTime {
  bool right = false;
  std::string object;
};

/// How one set writes vectors.
enum class VectorStyle { three_columns, one_field };

/// Rows by time; two at one instant only of buttons and grabs. What was left out is added to `notes`.
/// Errors: a field that is no number or no vector, naming file, row and column.
[[nodiscard]] core::Result<std::vector<PoseRow>> read_poses(const Table& table, VectorStyle style,
                                                            std::vector<std::string>& notes);
[[nodiscard]] core::Result<std::vector<GazeRow>> read_gaze(const Table& table, VectorStyle style,
                                                           std::vector<std::string>& notes);
[[nodiscard]] core::Result<std::vector<ButtonRow>> read_buttons(const Table& table,
                                                                std::vector<std::string>& notes);
[[nodiscard]] core::Result<std::vector<GrabRow>> read_grabs(const Table& table,
                                                            std::vector<std::string>& notes);

}  // namespace attune::datasets
