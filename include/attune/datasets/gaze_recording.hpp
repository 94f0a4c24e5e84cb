#pragma once

#include <filesystem>
#include <glm/vec3.hpp>
#include <string>
#include <vector>

#include "attune/core/result.hpp"
#include "attune/core/time.hpp"

namespace attune::datasets {

/// A screen in front of the eyes, as the first line of a file states it:
/// `# rate_hz=500 screen_px=1024x768 screen_m=0.3800x0.3000 distance_m=0.6700`.
struct GazeScreen {
  double width_px = 0.0, height_px = 0.0;
  double width_m = 0.0, height_m = 0.0;  ///< of the picture, not of the frame
  double distance_m = 0.0;               ///< from the eyes to its centre
};

/// One row of a gaze file.
struct GazeFileRow {
  core::SessionTime time{};  ///< since the first row; mended where the stamps are not to be trusted
  glm::vec3 direction{0.0F, 0.0F, -1.0F};  ///< unit vector: right, up, towards the face
  bool tracked = false;  ///< false: empty, nan, eyes closed (0,0), or nowhere near the screen
  std::size_t row = 0;   ///< in the file as given, from 0
};

/// What an expert said of every row.
struct GazeMarks {
  std::string expert;             ///< "MN" of the column `label_MN`
  std::vector<int> label_of_row;  ///< gaze labels of the project; 0 where nothing is said
};

/// A recording of gaze.
struct GazeRecording {
  std::vector<GazeFileRow> samples;   ///< in order of time: a row that was sent twice is left out
  std::vector<double> time_of_row_s;  ///< every row of the file: its own stamp, or where it must lie
  std::vector<GazeMarks> marks;
  /// Every row of the file, NaN where not known; empty where the file has no such column.
  std::vector<double> pupil_mm, luminance_cd_m2;
  std::vector<std::string> notes;  ///< what was set right
};

/// Reads `t_s,x_px,y_px` (y downward) under a line that states the screen, or `t_s,yaw_deg,pitch_deg` (also
/// `x_deg,y_deg`: right and up), with or without that header; further columns `label_NAME` or `evt` are
/// experts' marks, `status` is 1 where the eyes are tracked, `pupil_mm` is the pupil's diameter and
/// `luminance_cd_m2` the light of the picture around the gaze. Plain or packed (`.xz`).
///
/// Time stamps may be in s, ms, µs or ns, repeat, swap places, be coarser than the samples, or start anew,
/// which is a gap. Errors (with the file's row): no such columns, text that is no number, pixels without a
/// screen, no time.
[[nodiscard]] core::Result<GazeRecording> read_gaze(const std::filesystem::path& path);

/// The same from text. @param name  of the file, for messages.
[[nodiscard]] core::Result<GazeRecording> parse_gaze(const std::string& name, std::string_view text);

}  // namespace attune::datasets
