#include <algorithm>
#include <cmath>
#include <glm/geometric.hpp>
#include <set>

#include "attune/core/files.hpp"
#include "attune/datasets/frame_of_reference.hpp"
#include "attune/datasets/readers.hpp"
#include "datasets/saccade.hpp"
#include "datasets/table.hpp"

namespace attune::datasets {
namespace fs = std::filesystem;

namespace {

constexpr double rate_hz = 90.0;            // of the HTC Vive Pro Eye's display
constexpr double longest_head_gap_s = 1.0;  // five means: beyond it the head's direction is not known
constexpr double longest_video_s = 3600.0;  // a minute is usual; beyond an hour, memory would pay for a slip
constexpr glm::vec3 seat_m{0.0F, 1.6F, 0.0F};

struct HeadMean {
  double time_s, pitch_deg, yaw_deg;
};

/// The head's direction at a time between two means, along the shorter way round.
HeadMean between(const HeadMean& a, const HeadMean& b, double time_s) {
  const double share =
      b.time_s > a.time_s ? std::clamp((time_s - a.time_s) / (b.time_s - a.time_s), 0.0, 1.0) : 0.0;
  const double turn = std::remainder(b.yaw_deg - a.yaw_deg, 360.0);
  return {time_s, a.pitch_deg + share * (b.pitch_deg - a.pitch_deg), a.yaw_deg + share * turn};
}

/// The numbers after the video's name of every row of one video.
core::Result<std::vector<std::vector<double>>> rows_of(const fs::path& file,
                                                       const std::vector<std::string>& columns,
                                                       std::string_view video,
                                                       std::vector<std::string>& notes) {
  auto text = core::read_text(file);
  if (!text) return text.error();
  auto table = Table::parse(file.string(), std::move(*text), columns);
  if (!table) return table.error();
  notes.insert(notes.end(), table->notes().begin(), table->notes().end());
  std::vector<std::vector<double>> rows;
  std::set<std::string> there;
  for (const auto& row : table->rows()) {
    there.emplace(row.fields[0]);
    if (row.fields[0] != video) continue;
    std::vector<double> values;
    for (std::size_t column = 1; column < columns.size(); ++column) {
      const auto value = Table::number(row.fields[column]);
      if (!value) return table->wrong(row, column, "a number");
      values.push_back(*value);
    }
    if (!(values[0] >= 0.0 && values[0] <= longest_video_s))
      return table->wrong(row, 1, "a time from 0 to an hour");
    if (!rows.empty() && values[0] <= rows.back()[0]) {
      return core::bad_input(file.string() + ":" + std::to_string(row.line) + ": column '" + columns[1] +
                             "' does not come after the row before");
    }
    rows.push_back(std::move(values));
  }
  if (rows.empty()) {
    std::string list;
    for (const auto& name : there) list += (list.empty() ? "" : ", ") + name;
    return core::bad_input(file.string() + ": has no video '" + std::string(video) +
                           "'; there are: " + (list.empty() ? "none" : list));
  }
  return rows;
}

std::string missing_participant(const fs::path& folder, std::string_view participant) {
  std::set<std::string> there;
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator(folder, ignored)) {
    const auto name = entry.path().filename().string();
    if (name.ends_with("_head.csv")) there.insert(name.substr(0, name.size() - 9));
  }
  std::string list;
  for (const auto& name : there) list += (list.empty() ? "" : ", ") + name;
  return folder.string() + ": has no participant '" + std::string(participant) +
         "' (PNN_head.csv); there are: " + (list.empty() ? "none" : list);
}

}  // namespace

core::Result<Visit> read_ceap_visit(const fs::path& folder, std::string_view participant,
                                    std::string_view video) {
  std::error_code ignored;
  if (!fs::is_directory(folder, ignored)) return core::bad_input(folder.string() + ": no such folder");
  const auto head_file = folder / (std::string(participant) + "_head.csv");
  if (!fs::exists(head_file, ignored)) return core::bad_input(missing_participant(folder, participant));
  Visit visit{"ceap360vr", std::string(participant), std::string(video), "CC-BY-NC-4.0", rate_hz, {}, {}, {}};
  const auto head_rows =
      rows_of(head_file, {"video", "t_s", "head_pitch_deg", "head_yaw_deg"}, video, visit.notes);
  if (!head_rows) return head_rows.error();
  const auto gaze_rows = rows_of(folder / (std::string(participant) + "_fixations.csv"),
                                 {"video", "start_s", "end_s", "pitch_deg", "yaw_deg"}, video, visit.notes);
  if (!gaze_rows) return gaze_rows.error();
  std::vector<HeadMean> means;
  for (const auto& row : *head_rows) means.push_back({row[0], row[1], row[2]});
  std::vector<Fixation> fixations;
  for (const auto& row : *gaze_rows) {
    fixations.push_back(
        {row[0], std::max(row[0], row[1]), glm::dvec3(direction_from_pitch_yaw(row[2], row[3]))});
  }

  const auto frame_count = static_cast<std::size_t>(std::floor(means.back().time_s * rate_hz)) + 1;
  std::size_t before = 0, unknown_head = 0, interpolated = 0, head_instead = 0;
  FixationTrack track(fixations);
  for (std::size_t i = 0; i < frame_count; ++i) {
    const double time_s = static_cast<double>(i) / rate_hz;
    telemetry::Frame frame;
    frame.index = i;
    frame.time = core::at_seconds(time_s);
    frame.headset = {.running = true, .visible = true, .focused = true, .worn = true};
    while (before + 1 < means.size() && means[before + 1].time_s <= time_s) ++before;
    const auto& after = means[std::min(before + 1, means.size() - 1)];
    const auto head = between(means[before], after, time_s);
    frame.head.position_m = seat_m;
    frame.head.orientation = orientation_from_pitch_yaw(head.pitch_deg, head.yaw_deg);
    frame.head.orientation_valid = true;
    frame.head.tracked = after.time_s - means[before].time_s <= longest_head_gap_s;
    unknown_head += frame.head.tracked ? 0U : 1U;
    frame.gaze.time = frame.time;
    frame.gaze.origin_m = seat_m;
    if (const auto gaze = track.at(time_s)) {
      frame.gaze.direction = glm::vec3(gaze->direction);
      frame.gaze.source = telemetry::GazeSource::eye;
      frame.gaze.interpolated = gaze->filled_in;
      interpolated += gaze->filled_in ? 1U : 0U;
    } else {
      frame.gaze.direction = direction_from_pitch_yaw(head.pitch_deg, head.yaw_deg);
      frame.gaze.source = telemetry::GazeSource::head;
      ++head_instead;
    }
    visit.frames.push_back(frame);
  }
  const auto of_all = " of " + std::to_string(frame_count) + " frames ";
  visit.notes.push_back(
      "the head's place was not measured: it is given as 1.6 m above the floor and marked invalid");
  visit.notes.push_back("the head's direction is interpolated from means at 5 Hz");
  visit.notes.push_back(std::to_string(interpolated) + of_all +
                        "lie between fixations: their gaze is made up and flagged");
  if (head_instead > 0) {
    visit.notes.push_back(
        std::to_string(head_instead) + of_all +
        "lie before the first or after the last fixation: the head's direction stands in for gaze");
  }
  if (unknown_head > 0) {
    visit.notes.push_back(std::to_string(unknown_head) + of_all +
                          "lie in gaps of over 1 s of the head's direction");
  }
  return visit;
}

}  // namespace attune::datasets
