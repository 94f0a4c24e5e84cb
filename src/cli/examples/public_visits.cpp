#include <algorithm>
#include <map>

#include "attune/datasets/labels.hpp"
#include "attune/datasets/readers.hpp"
#include "attune/learn/windows.hpp"
#include "cli/examples/public_sets.hpp"
#include "cli/examples/set_folders.hpp"

/// The two sets of whole visits, each with one label: café and queue.
namespace attune::cli {
namespace fs = std::filesystem;

namespace {

using Labels = std::map<datasets::VisitKey, double>;
using ReadPerson = core::Result<std::vector<datasets::Visit>> (*)(const fs::path&);

/// @return whether the visit had a label and was long enough.
bool add_visit(const datasets::Visit& visit, const Labels& labels, double low, double high,
               std::size_t windows, learn::Dataset& data) {
  const auto label = labels.find({visit.id, visit.visit});
  if (label == labels.end()) return false;
  const auto features = learn::equal_windows(visit.frames, windows);
  for (const auto& window : features) {
    data.add({window.features, window.own, static_cast<float>((label->second - low) / (high - low)),
              visit.set + "/" + visit.id, visit.visit, visit.set, static_cast<float>(visit.length_s())});
  }
  return !features.empty();
}

/// @param low, high  labels that become 0 and 1.
core::Result<PublicSamples> read_visits(const fs::path& folder, ReadPerson read_person, const Labels& labels,
                                        double low, double high, std::size_t windows,
                                        const PeopleDone& done) {
  const auto people = people_in(folder / "sessions");
  if (!people) return people.error();
  PublicSamples samples;
  for (std::size_t i = 0; i < people->size(); ++i) {
    const auto visits = read_person((*people)[i]);
    if (!visits) return visits.error();
    for (const auto& visit : *visits) {
      const bool used = add_visit(visit, labels, low, high, windows, samples.data);
      ++(used ? samples.used.visits : samples.used.visits_left_out);
    }
    done(i + 1, people->size());
  }
  return samples;
}

}  // namespace

PublicSet cafe_set() {
  return {"cafe",
          "vr-cafe",
          "Apache-2.0",
          "state anxiety after the visit, (STAI - 20) / 60",
          [](const fs::path& folder) {
            std::error_code ignored;
            return fs::is_directory(folder / "labels" / "STAI", ignored);
          },
          [](const fs::path& folder, const PublicSetOptions& options,
             const PeopleDone& done) -> core::Result<PublicSamples> {
            const auto stai = datasets::read_stai(folder);
            if (!stai) return stai.error();
            return read_visits(folder, datasets::read_cafe_person, *stai, 20.0, 80.0, options.windows, done);
          }};
}

PublicSet queue_set() {
  return {"wait",
          "vr-wait",
          "Apache-2.0",
          "frustration after the visit, (rating - 1) / 4",
          [](const fs::path& folder) {
            // The café has a folder of that name as well, with other files.
            std::error_code ignored;
            return fs::exists(folder / "labels" / "TreatmentResponses" / "TreatmentResponses.csv", ignored);
          },
          [](const fs::path& folder, const PublicSetOptions& options,
             const PeopleDone& done) -> core::Result<PublicSamples> {
            const auto frustration = datasets::read_frustration(folder);
            if (!frustration) return frustration.error();
            return read_visits(folder, datasets::read_wait_person, *frustration, 1.0, 5.0, options.windows,
                               done);
          }};
}

}  // namespace attune::cli
