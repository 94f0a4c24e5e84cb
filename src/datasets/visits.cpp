#include <algorithm>
#include <set>

#include "attune/datasets/readers.hpp"
#include "datasets/assemble.hpp"
#include "datasets/package.hpp"

namespace attune::datasets {
namespace fs = std::filesystem;

namespace {

using Columns = std::vector<std::string>;

/// How one of Terascale's two sets lays out and names the logs of a visit.
struct Layout {
  std::string set;
  std::string visits;  ///< for error messages
  std::vector<std::string> known_visits;
  std::string head, left, right, gaze, buttons,
      grabs;  ///< file names; "%" stands for the visit; empty: not logged
  VectorStyle vectors;
  Columns head_columns, left_columns, right_columns, gaze_columns;
};

const Layout& cafe() {
  static const Columns pose{"timeStampNs", "gameTime", "posX", "posY", "posZ", "rotX", "rotY", "rotZ"};
  static const Layout layout{"vr-cafe",
                             "0_0, 0_3, 3_0, 3_3",
                             {"0_0", "0_3", "3_0", "3_3"},
                             "Head.csv",
                             "LeftHand.csv",
                             "RightHand.csv",
                             "EyeGaze.csv",
                             "ButtonLog.csv",
                             "HandGrabLog.csv",
                             VectorStyle::three_columns,
                             pose,
                             pose,
                             pose,
                             {"timeStampNs", "gameTime", "objectName", "posX", "posY", "posZ"}};
  return layout;
}

const Layout& queue() {
  static const auto pose = [](const std::string& what) {
    return Columns{"Timestamp(ns)", "GameTime", what + "Position", what + "Rotation"};
  };
  static const Layout layout{"vr-wait",
                             "NO_WAIT, 3_MINUTE_WAIT, 6_MINUTE_WAIT",
                             {"NO_WAIT", "3_MINUTE_WAIT", "6_MINUTE_WAIT"},
                             "HeadPositionLog_%.csv",
                             "LeftHandLog_%.csv",
                             "RightHandLog_%.csv",
                             "EyeGazeLog_%.csv",
                             "",
                             "",
                             VectorStyle::one_field,
                             pose("Head"),
                             pose("LeftHand"),
                             pose("RightHand"),
                             {"Timestamp(ns)", "GameTime", "ObjectName", "HitPosition"}};
  return layout;
}

/// A visit that a source holds: the folder `ID_VISIT` of its logs.
struct Found {
  std::string folder;  ///< as named in the source
  std::string id, visit;
  bool operator<(const Found& other) const { return std::tie(id, visit) < std::tie(other.id, other.visit); }
};

std::set<Found> visits_in(const Package& package, const Layout& layout) {
  std::set<Found> found;
  for (const auto& name : package.names) {
    const auto folder = fs::path(name).parent_path();
    const auto last = folder.filename().string();
    for (const auto& visit : layout.known_visits) {
      const auto ending = std::string("_").append(visit);
      if (last.size() > ending.size() && last.ends_with(ending)) {
        found.insert({folder.generic_string(), last.substr(0, last.size() - ending.size()), visit});
      }
    }
  }
  return found;
}

std::string file_of(const std::string& pattern, const std::string& visit) {
  const auto at = pattern.find('%');
  return at == std::string::npos ? pattern : pattern.substr(0, at) + visit + pattern.substr(at + 1);
}

class VisitReader {
 public:
  VisitReader(const fs::path& source, Package& package, const Layout& layout, const Found& found)
      : source_(source), package_(package), layout_(layout), found_(found) {}

  core::Result<Visit> read() {
    VisitLogs logs;
    auto& notes = visit_.notes;
    const auto poses = [&](const std::string& file, const Columns& columns, std::vector<PoseRow>& rows) {
      return load(file, columns, rows,
                  [&](const Table& table) { return read_poses(table, layout_.vectors, notes); });
    };
    if (auto done = poses(layout_.head, layout_.head_columns, logs.head); !done) return done.error();
    if (auto done = poses(layout_.left, layout_.left_columns, logs.left); !done) return done.error();
    if (auto done = poses(layout_.right, layout_.right_columns, logs.right); !done) return done.error();
    auto done = load(layout_.gaze, layout_.gaze_columns, logs.gaze,
                     [&](const Table& table) { return read_gaze(table, layout_.vectors, notes); });
    if (!done) return done.error();
    if (has(layout_.buttons)) {
      done = load(layout_.buttons, {"timeStampNs", "gameTime", "buttonSelection"}, logs.buttons,
                  [&](const Table& table) { return read_buttons(table, notes); });
      if (!done) return done.error();
    }
    if (has(layout_.grabs)) {
      done = load(layout_.grabs, {"timeStampNs", "gameTime", "hand", "objectName"}, logs.grabs,
                  [&](const Table& table) { return read_grabs(table, notes); });
      if (!done) return done.error();
    }
    visit_.set = layout_.set;
    visit_.id = found_.id;
    visit_.visit = found_.visit;
    visit_.licence = "Apache-2.0";
    assemble(logs, visit_);
    if (visit_.frames.empty()) {
      return core::bad_input(shown(layout_.head) + ": the visit is empty: no row after its start");
    }
    return std::move(visit_);
  }

 private:
  [[nodiscard]] std::string path_of(const std::string& pattern) const {
    return found_.folder + "/" + file_of(pattern, found_.visit);
  }
  /// The file as a user finds it: a folder's own name is part of the names inside.
  [[nodiscard]] std::string shown(const std::string& pattern) const {
    std::error_code ignored;
    const auto base = fs::is_directory(source_, ignored) ? fs::canonical(source_).parent_path() : source_;
    return (base / path_of(pattern)).string();
  }
  [[nodiscard]] bool has(const std::string& pattern) const {
    return !pattern.empty() && package_.texts.contains(path_of(pattern));
  }
  template <typename Row, typename Read>
  core::Result<void> load(const std::string& pattern, const Columns& columns, std::vector<Row>& rows,
                          Read read) {
    const auto text = package_.texts.find(path_of(pattern));
    if (text == package_.texts.end()) return core::bad_input(shown(pattern) + ": no such file");
    auto table = Table::parse(shown(pattern), std::move(text->second), columns);
    if (!table) return table.error();
    auto result = read(*table);
    if (!result) return result.error();
    rows = std::move(*result);
    return {};
  }

  const fs::path& source_;
  Package& package_;
  const Layout& layout_;
  const Found& found_;
  Visit visit_;
};

/// Reads the visits named `visit`, or all when it is empty.
core::Result<std::vector<Visit>> read_visits(const fs::path& source, const Layout& layout,
                                             std::string_view visit) {
  const auto ending = std::string("_").append(visit);
  auto package = read_package(source, [&](const std::string& name) {
    return visit.empty() || fs::path(name).parent_path().filename().string().ends_with(ending);
  });
  if (!package) return package.error();
  const auto found = visits_in(*package, layout);
  std::set<std::string> people, there;
  for (const auto& each : found) {
    people.insert(each.id);
    there.insert(each.visit);
  }
  if (found.empty()) {
    return core::bad_input(source.string() + ": holds no visit of " + layout.set +
                           " (a folder ID_VISIT, VISIT one of " + layout.visits +
                           "): give one person's folder or ID.tar.xz");
  }
  if (people.size() > 1) {
    return core::bad_input(source.string() + ": holds visits of " + std::to_string(people.size()) +
                           " people: give one person's folder or ID.tar.xz");
  }
  std::vector<Visit> visits;
  for (const auto& each : found) {
    if (!visit.empty() && each.visit != visit) continue;
    auto read = VisitReader(source, *package, layout, each).read();
    if (!read) return read.error();
    visits.push_back(std::move(*read));
  }
  if (visits.empty()) {
    std::string list;
    for (const auto& each : there) list += (list.empty() ? "" : ", ") + each;
    return core::bad_input(source.string() + ": has no visit '" + std::string(visit) +
                           "'; there are: " + list);
  }
  return visits;
}

core::Result<Visit> only(core::Result<std::vector<Visit>> visits) {
  if (!visits) return visits.error();
  return std::move(visits->front());
}

}  // namespace

core::Result<Visit> read_cafe_visit(const fs::path& source, std::string_view visit) {
  if (visit.empty()) return core::bad_input("no visit is named; the café has " + cafe().visits);
  return only(read_visits(source, cafe(), visit));
}
core::Result<Visit> read_wait_visit(const fs::path& source, std::string_view visit) {
  if (visit.empty()) return core::bad_input("no visit is named; the queue has " + queue().visits);
  return only(read_visits(source, queue(), visit));
}
core::Result<std::vector<Visit>> read_cafe_person(const fs::path& source) {
  return read_visits(source, cafe(), "");
}
core::Result<std::vector<Visit>> read_wait_person(const fs::path& source) {
  return read_visits(source, queue(), "");
}

}  // namespace attune::datasets
