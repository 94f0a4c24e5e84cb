#include "cli/public_visits.hpp"

#include <algorithm>

#include "attune/datasets/labels.hpp"
#include "attune/datasets/readers.hpp"
#include "attune/learn/windows.hpp"

namespace attune::cli {
namespace fs = std::filesystem;

namespace {

/// A set of one person a file, with the label of every visit on 0..1.
struct Source {
  learn::SetUsed used;
  std::vector<fs::path> people;
  core::Result<std::vector<datasets::Visit>> (*read)(const fs::path&);
  std::map<datasets::VisitKey, double> labels;
};

std::vector<fs::path> people_in(const fs::path& set) {
  std::vector<fs::path> people;
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator(set / "sessions", ignored)) people.push_back(entry.path());
  std::sort(people.begin(), people.end());
  return people;
}

std::map<datasets::VisitKey, double> scaled(std::map<datasets::VisitKey, double> labels, double low,
                                            double high) {
  for (auto& entry : labels) entry.second = (entry.second - low) / (high - low);
  return labels;
}

core::Result<Source> cafe_in(const fs::path& set) {
  auto stai = datasets::read_stai(set);
  if (!stai) return stai.error();
  return Source{{"vr-cafe", "Apache-2.0", "state anxiety after the visit, (STAI - 20) / 60"},
                people_in(set),
                datasets::read_cafe_person,
                scaled(std::move(*stai), 20, 80)};
}

core::Result<Source> queue_in(const fs::path& set) {
  auto frustration = datasets::read_frustration(set);
  if (!frustration) return frustration.error();
  return Source{{"vr-wait", "Apache-2.0", "frustration after the visit, (rating - 1) / 4"},
                people_in(set),
                datasets::read_wait_person,
                scaled(std::move(*frustration), 1, 5)};
}

core::Result<std::vector<Source>> sources_in(const fs::path& folder) {
  std::vector<Source> sources;
  std::error_code ignored;
  const auto add = [&](core::Result<Source> source) -> core::Result<void> {
    if (!source) return source.error();
    if (source->people.empty())
      return core::bad_input(folder.string() + ": " + source->used.name + " has no sessions");
    sources.push_back(std::move(*source));
    return {};
  };
  for (const auto& set : {folder / "vr-cafe", folder}) {
    if (!fs::is_directory(set / "labels" / "STAI", ignored)) continue;
    if (auto added = add(cafe_in(set)); !added) return added.error();
  }
  for (const auto& set : {folder / "vr-wait", folder}) {
    // The café has a folder of that name as well, with other files.
    if (!fs::exists(set / "labels" / "TreatmentResponses" / "TreatmentResponses.csv", ignored)) continue;
    if (auto added = add(queue_in(set)); !added) return added.error();
  }
  if (sources.empty())
    return core::bad_input(folder.string() + ": holds neither vr-cafe nor vr-wait, with sessions and labels");
  return sources;
}

void add_visit(const datasets::Visit& visit, std::size_t windows, Source& source, learn::Dataset& data) {
  const auto label = source.labels.find({visit.id, visit.visit});
  const auto features = label == source.labels.end() ? std::vector<learn::Window>()
                                                     : learn::equal_windows(visit.frames, windows);
  if (features.empty()) {
    ++source.used.visits_left_out;
    return;
  }
  ++source.used.visits;
  source.used.samples += features.size();
  for (const auto& window : features) {
    data.add({window.features, window.own, static_cast<float>(label->second), visit.set + "/" + visit.id,
              visit.visit, visit.set, static_cast<float>(visit.length_s())});
  }
}

}  // namespace

core::Result<PublicVisits> public_visits(const fs::path& folder, std::size_t windows,
                                         const std::function<void(std::size_t, std::size_t)>& progress) {
  auto sources = sources_in(folder);
  if (!sources) return sources.error();
  std::size_t all = 0, done = 0;
  for (const auto& source : *sources) all += source.people.size();
  PublicVisits result;
  for (auto& source : *sources) {
    for (const auto& person : source.people) {
      const auto visits = source.read(person);
      if (!visits) return visits.error();
      const auto before = source.used.visits;
      for (const auto& visit : *visits) add_visit(visit, windows, source, result.data);
      source.used.people += source.used.visits > before ? 1U : 0U;
      progress(++done, all);
    }
    result.sets.push_back(source.used);
  }
  return result;
}

}  // namespace attune::cli
