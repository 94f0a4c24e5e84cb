#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "attune/core/result.hpp"
#include "attune/learn/card.hpp"
#include "attune/learn/dataset.hpp"

namespace attune::cli {

/// What may be chosen about reading a set.
struct PublicSetOptions {
  std::size_t windows = 12;          ///< samples a visit, where a visit has one label
  std::vector<int> vreed_aroused{};  ///< which of VREED's four classes are of high arousal: it does not say
};

/// Called with people done and people in all.
using PeopleDone = std::function<void(std::size_t, std::size_t)>;

/// Samples of one set, and what the model card says of them.
struct PublicSamples {
  learn::Dataset data;
  learn::SetUsed used;
};

/// A public set of people that a monitor may learn from.
struct PublicSet {
  std::string word;     ///< as typed: "wait"
  std::string name;     ///< of its folder: "vr-wait"
  std::string licence;  ///< SPDX
  std::string label;    ///< what is learnt, and how it is brought to 0..1
  /// Whether a folder is this set.
  bool (*is_here)(const std::filesystem::path& folder);
  core::Result<PublicSamples> (*read)(const std::filesystem::path& folder, const PublicSetOptions& options,
                                      const PeopleDone& done);

  /// Whether a clinic may use what was learnt from it.
  [[nodiscard]] bool ships() const { return learn::licence_allowed(licence); }
};

// One function a set, each in the file of its kind; all name it and say what is learnt from it.
[[nodiscard]] PublicSet queue_set();           ///< whole visits: public_visits.cpp
[[nodiscard]] PublicSet cafe_set();            ///< whole visits
[[nodiscard]] PublicSet stress_predict_set();  ///< a wristband: public_wrist.cpp
[[nodiscard]] PublicSet ceap_set();            ///< rated while it lasts: public_rated.cpp
[[nodiscard]] PublicSet vreed_set();           ///< tables of features

/// All of them, in the order in which they are read.
[[nodiscard]] const std::vector<PublicSet>& public_sets();

/// Reads the sets of these words. @param root  holds the sets' folders, or is one of them.
/// @param words  empty: all that are there and whose licence lets a clinic use what is learnt.
/// @param done   called for each set with its name.
/// Errors: a word that is no set, a set that is not there, none at all; those of the readers.
[[nodiscard]] core::Result<std::vector<PublicSamples>> read_public_sets(
    const std::filesystem::path& root, const std::vector<std::string>& words, const PublicSetOptions& options,
    const std::function<void(const std::string& set, std::size_t done, std::size_t all)>& done);

}  // namespace attune::cli
