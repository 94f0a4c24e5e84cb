#include "datasets/logs.hpp"

#include <cmath>

namespace attune::datasets {

namespace {

constexpr std::size_t first_value = 2;  // after time stamp and game time
constexpr float largest_value = 1e6F;   // metres or degrees: beyond it a float has no decimals left

bool plausible(const glm::vec3& value) {
  return std::abs(value.x) <= largest_value && std::abs(value.y) <= largest_value &&
         std::abs(value.z) <= largest_value;
}

/// The vector at column `column`, which `style` spreads over one field or three.
core::Result<glm::vec3> read_vector(const Table& table, const Table::Row& row, std::size_t column,
                                    VectorStyle style) {
  if (style == VectorStyle::one_field) {
    const auto value = Table::vector(row.fields[column]);
    if (!value || !plausible(*value))
      return table.wrong(row, column, "a vector '(x, y, z)' of metres or degrees");
    return *value;
  }
  glm::vec3 result{0.0F};
  for (std::size_t i = 0; i < 3; ++i) {
    const auto value = Table::number(row.fields[column + i]);
    if (!value || !(std::abs(*value) <= largest_value)) return table.wrong(row, column + i, "a number");
    result[static_cast<int>(i)] = static_cast<float>(*value);
  }
  return result;
}

/// Whether two rows may tell of the same instant: both hands may grab, a pose is one.
enum class SameInstant { allowed, left_out };

/// Every row of a log: its times are read here, `read_rest(row, out)` reads what follows them.
template <typename LogRow, typename ReadRest>
core::Result<std::vector<LogRow>> read_rows(const Table& table, SameInstant same_instant,
                                            std::vector<std::string>& notes, ReadRest read_rest) {
  notes.insert(notes.end(), table.notes().begin(), table.notes().end());
  std::vector<LogRow> rows;
  rows.reserve(table.rows().size());
  std::size_t out_of_order = 0;
  for (const auto& row : table.rows()) {
    const auto stamp = Table::number(row.fields[0]), game = Table::number(row.fields[1]);
    if (!stamp || std::abs(*stamp) > 1e17) return table.wrong(row, 0, "a time in ns");
    if (!game) return table.wrong(row, 1, "a time in s");
    LogRow out;
    out.ns = std::llround(*stamp);
    out.game_s = *game;
    if (core::Result<void> rest = read_rest(row, out); !rest) return rest.error();
    const bool late = !rows.empty() && out.ns < rows.back().ns;
    const bool again = !rows.empty() && out.ns == rows.back().ns;
    if (late || (again && same_instant == SameInstant::left_out)) {
      ++out_of_order;
      continue;
    }
    rows.push_back(std::move(out));
  }
  if (out_of_order > 0) {
    notes.push_back(table.name() + ": " + std::to_string(out_of_order) +
                    " rows are left out: their time does not come after the row before");
  }
  return rows;
}

}  // namespace

core::Result<std::vector<PoseRow>> read_poses(const Table& table, VectorStyle style,
                                              std::vector<std::string>& notes) {
  const std::size_t width = style == VectorStyle::one_field ? 1 : 3;
  return read_rows<PoseRow>(table, SameInstant::left_out, notes,
                            [&](const Table::Row& row, PoseRow& out) -> core::Result<void> {
                              const auto position = read_vector(table, row, first_value, style);
                              if (!position) return position.error();
                              const auto euler = read_vector(table, row, first_value + width, style);
                              if (!euler) return euler.error();
                              out.position_m = *position;
                              out.euler_deg = *euler;
                              return {};
                            });
}

core::Result<std::vector<GazeRow>> read_gaze(const Table& table, VectorStyle style,
                                             std::vector<std::string>& notes) {
  return read_rows<GazeRow>(table, SameInstant::left_out, notes,
                            [&](const Table::Row& row, GazeRow& out) -> core::Result<void> {
                              const auto hit = read_vector(table, row, first_value + 1, style);
                              if (!hit) return hit.error();
                              out.object = row.fields[first_value];
                              out.hit_m = *hit;
                              return {};
                            });
}

core::Result<std::vector<ButtonRow>> read_buttons(const Table& table, std::vector<std::string>& notes) {
  return read_rows<ButtonRow>(table, SameInstant::allowed, notes,
                              [](const Table::Row& row, ButtonRow& out) -> core::Result<void> {
                                out.button = row.fields[first_value];
                                return {};
                              });
}

core::Result<std::vector<GrabRow>> read_grabs(const Table& table, std::vector<std::string>& notes) {
  return read_rows<GrabRow>(table, SameInstant::allowed, notes,
                            [&](const Table::Row& row, GrabRow& out) -> core::Result<void> {
                              const auto hand = row.fields[first_value];
                              if (hand != "left" && hand != "right")
                                return table.wrong(row, first_value, "'left' or 'right'");
                              out.right = hand == "right";
                              out.object = row.fields[first_value + 1];
                              return {};
                            });
}

}  // namespace attune::datasets
