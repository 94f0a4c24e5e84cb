#include "cli/examples/public_sets.hpp"

#include <algorithm>
#include <optional>

namespace attune::cli {
namespace fs = std::filesystem;

namespace {

std::string all_words() {
  std::string words;
  for (const auto& set : public_sets()) words += (words.empty() ? "" : ", ") + set.word;
  return words;
}

std::optional<fs::path> folder_of(const PublicSet& set, const fs::path& root) {
  for (const auto& folder : {root / set.name, root}) {
    if (set.is_here(folder)) return folder;
  }
  return std::nullopt;
}

/// The sets that are meant; only those of `words` need be there.
core::Result<std::vector<PublicSet>> chosen(const fs::path& root, const std::vector<std::string>& words) {
  std::vector<PublicSet> sets;
  for (const auto& word : words) {
    const auto found = std::find_if(public_sets().begin(), public_sets().end(),
                                    [&](const PublicSet& set) { return set.word == word; });
    if (found == public_sets().end())
      return core::bad_input("--sets: '" + word + "' is no set; there are " + all_words());
    sets.push_back(*found);
  }
  for (const auto& set : sets) {
    if (!folder_of(set, root)) return core::bad_input(root.string() + ": does not hold " + set.name);
  }
  if (!words.empty()) return sets;
  std::string names;
  for (const auto& set : public_sets()) {
    if (!set.ships()) continue;
    names += (names.empty() ? "" : ", ") + set.name;
    if (folder_of(set, root)) sets.push_back(set);
  }
  if (sets.empty()) return core::bad_input(root.string() + ": holds none of " + names + ", with its labels");
  return sets;
}

}  // namespace

const std::vector<PublicSet>& public_sets() {
  static const std::vector<PublicSet> sets{cafe_set(), queue_set(), stress_predict_set(), ceap_set(),
                                           vreed_set()};
  return sets;
}

core::Result<std::vector<PublicSamples>> read_public_sets(
    const fs::path& root, const std::vector<std::string>& words, const PublicSetOptions& options,
    const std::function<void(const std::string&, std::size_t, std::size_t)>& done) {
  const auto sets = chosen(root, words);
  if (!sets) return sets.error();
  std::vector<PublicSamples> all;
  for (const auto& set : *sets) {
    auto samples = set.read(*folder_of(set, root), options,
                            [&](std::size_t people, std::size_t of) { done(set.name, people, of); });
    if (!samples) return samples.error();
    auto& used = samples->used;
    used.name = set.name;
    used.licence = set.licence;
    used.label = set.label;
    used.samples = samples->data.size();
    used.people = samples->data.people().size();
    all.push_back(std::move(*samples));
  }
  return all;
}

}  // namespace attune::cli
