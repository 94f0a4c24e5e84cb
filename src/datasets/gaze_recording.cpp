#include "attune/datasets/gaze_recording.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "attune/datasets/number_file.hpp"
#include "attune/datasets/sample_grid.hpp"
#include "datasets/gaze_geometry.hpp"

namespace attune::datasets {

namespace {

/// Which columns say where and when.
struct GazeColumns {
  const NumberColumn* time = nullptr;
  const NumberColumn* across = nullptr;
  const NumberColumn* along = nullptr;
  const NumberColumn* status = nullptr;
  bool pixels = false;
};

core::Error in_row(const NumberFile& file, std::size_t row, const std::string& what) {
  const int line = row < file.lines.size() ? file.lines[row] : 1;
  return core::bad_input(file.name + ":" + std::to_string(line) + ": " + what);
}

bool has_names(const NumberFile& file) {
  return std::any_of(file.columns.begin(), file.columns.end(), [](const auto& c) { return !c.name.empty(); });
}

core::Result<GazeColumns> find_columns(const NumberFile& file, bool has_screen) {
  GazeColumns found;
  if (!has_names(file)) {
    if (file.columns.size() < 3)
      return in_row(file, 0,
                    "a row of gaze needs a time and two places: t_s,x_px,y_px or t_s,yaw_deg,pitch_deg");
    found = {&file.columns[0], &file.columns[1], &file.columns[2], nullptr, has_screen};
  } else {
    found.time = file.find({"t_s", "time_s", "time", "t", "timestamp"});
    found.across = file.find({"x_px"});
    found.along = file.find({"y_px"});
    found.pixels = found.across != nullptr && found.along != nullptr;
    if (!found.pixels) {
      found.across = file.find({"yaw_deg", "x_deg"});
      found.along = file.find({"pitch_deg", "y_deg"});
    }
    found.status = file.find({"status"});
  }
  if (found.time == nullptr || found.across == nullptr || found.along == nullptr) {
    return core::bad_input(file.name + ": the header names no t_s with x_px,y_px or yaw_deg,pitch_deg");
  }
  for (const auto* column : {found.time, found.across, found.along, found.status}) {
    if (column == nullptr) continue;
    if (const auto fine = file.check(*column); !fine) return fine.error();
  }
  return found;
}

/// Angles that no eye has are pixels whose header was lost.
core::Result<void> check_angles(const NumberFile& file, const GazeColumns& columns) {
  if (columns.pixels || has_names(file)) return {};
  const auto& pitch = columns.along->values;
  const auto odd = std::find_if(pitch.begin(), pitch.end(), [](double deg) { return std::abs(deg) > 90.0; });
  if (odd == pitch.end()) return {};
  return in_row(file, static_cast<std::size_t>(odd - pitch.begin()),
                "a pitch beyond 90 degrees: pixels need a first line "
                "'# screen_px=WxH screen_m=WxH distance_m=D', other columns a header");
}

bool rises(const std::vector<double>& stamps) {
  for (std::size_t i = 0; i < stamps.size(); ++i) {
    if (!std::isfinite(stamps[i]) || (i > 0 && stamps[i] <= stamps[i - 1])) return false;
  }
  return true;
}

/// True where the unit must be seconds: rows lie 0.2 ms to 1 s apart.
bool in_seconds(const std::vector<double>& stamps) {
  const double mean = (stamps.back() - stamps.front()) / static_cast<double>(stamps.size() - 1);
  return mean >= 0.0002 && mean <= 1.0;
}

/// Rows in order of time, with the time of each.
core::Result<void> place_rows(const NumberFile& file, const GazeColumns& columns, GazeRecording& recording) {
  const auto& stamps = columns.time->values;
  recording.time_of_row_s.resize(stamps.size());
  std::vector<std::size_t> order(stamps.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  if (stamps.size() > 1 && rises(stamps) && in_seconds(stamps)) {
    recording.time_of_row_s = stamps;
  } else {
    const auto grid = grid_of_stamps(stamps, columns.across->values, file.stated("rate_hz"));
    if (!grid) return grid.error().within(file.name);
    recording.notes.insert(recording.notes.end(), grid->notes.begin(), grid->notes.end());
    std::erase_if(order, [&](std::size_t row) { return grid->slot[row] == SampleGrid::left_out; });
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t a, std::size_t b) { return grid->slot[a] < grid->slot[b]; });
    double last_s = 0.0;
    for (std::size_t row = 0; row < stamps.size(); ++row) {
      if (grid->slot[row] != SampleGrid::left_out)
        last_s = static_cast<double>(grid->slot[row]) / grid->rate_hz;
      recording.time_of_row_s[row] = last_s;
    }
  }
  const double begin_s = order.empty() ? 0.0 : recording.time_of_row_s[order.front()];
  recording.samples.reserve(order.size());
  for (const auto row : order) {
    const auto time = core::at_seconds(recording.time_of_row_s[row] - begin_s);
    recording.samples.push_back({time, {0.0F, 0.0F, -1.0F}, false, row});
  }
  return {};
}

bool is_origin(const GazeColumns& columns, std::size_t row) {
  return columns.across->values[row] == 0.0 && columns.along->values[row] == 0.0;
}

/// 0,0 in degrees is a place one can look at; two rows of it, or a leap there, are closed eyes.
bool closed(const GazeColumns& columns, std::size_t row) {
  if (columns.pixels || !is_origin(columns, row)) return false;
  const auto rows = columns.across->values.size();
  for (const auto other : {row + 1, row - 1}) {  // row 0 wraps around, beyond all rows
    if (other >= rows) continue;
    const double x = columns.across->values[other], y = columns.along->values[other];
    if (is_origin(columns, other) || !(std::hypot(x, y) <= 1.0)) return true;
  }
  return false;
}

void place_gaze(const GazeColumns& columns, const std::optional<GazeScreen>& screen,
                GazeRecording& recording) {
  for (auto& sample : recording.samples) {
    const double across = columns.across->values[sample.row], along = columns.along->values[sample.row];
    const bool stated_lost = columns.status != nullptr && !(columns.status->values[sample.row] > 0.0);
    const auto direction =
        columns.pixels ? direction_of_pixel(*screen, across, along) : direction_of_angles(across, along);
    sample.tracked = direction && !stated_lost && !closed(columns, sample.row);
    if (sample.tracked) sample.direction = *direction;
  }
}

core::Result<void> take_marks(const NumberFile& file, GazeRecording& recording) {
  for (const auto& column : file.columns) {
    const bool named = column.name.starts_with("label_");
    if (!named && column.name != "evt") continue;
    if (const auto fine = file.check(column); !fine) return fine.error();
    GazeMarks marks{named ? column.name.substr(6) : std::string("expert"), {}};
    marks.label_of_row.reserve(column.values.size());
    for (const double value : column.values) {
      const bool known = value >= 0.0 && value <= 6.0;  // false for NaN
      marks.label_of_row.push_back(known ? static_cast<int>(value) : 0);
    }
    recording.marks.push_back(std::move(marks));
  }
  return {};
}

/// The pupil, and the light that it saw.
core::Result<void> take_pupil(const NumberFile& file, GazeRecording& recording) {
  const auto take = [&](const char* name, std::vector<double>& values) -> core::Result<void> {
    const auto* column = file.find({name});
    if (column == nullptr) return {};
    if (const auto fine = file.check(*column); !fine) return fine.error();
    values = column->values;
    return {};
  };
  if (const auto fine = take("pupil_mm", recording.pupil_mm); !fine) return fine.error();
  return take("luminance_cd_m2", recording.luminance_cd_m2);
}

core::Result<GazeRecording> to_gaze(const NumberFile& file) {
  const auto screen = stated_screen(file.comments);
  const auto columns = find_columns(file, screen.has_value());
  if (!columns) return columns.error();
  if (columns->pixels && !screen) {
    return in_row(file, 0,
                  "pixels need a first line '# screen_px=WxH screen_m=WxH distance_m=D' to be angles");
  }
  if (const auto fine = check_angles(file, *columns); !fine) return fine.error();
  GazeRecording recording;
  recording.notes = file.notes;
  if (const auto fine = place_rows(file, *columns, recording); !fine) return fine.error();
  place_gaze(*columns, screen, recording);
  if (const auto fine = take_marks(file, recording); !fine) return fine.error();
  if (const auto fine = take_pupil(file, recording); !fine) return fine.error();
  return recording;
}

}  // namespace

core::Result<GazeRecording> parse_gaze(const std::string& name, std::string_view text) {
  const auto file = parse_numbers(name, text);
  if (!file) return file.error();
  return to_gaze(*file);
}

core::Result<GazeRecording> read_gaze(const std::filesystem::path& path) {
  const auto file = read_numbers(path);
  if (!file) return file.error();
  return to_gaze(*file);
}

}  // namespace attune::datasets
