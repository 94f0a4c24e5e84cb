#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "attune/session/therapist.hpp"

namespace attune::cli {

/// What single keys on a terminal mean to a session.
class KeyMap {
 public:
  explicit KeyMap(treatment::Language language) : language_(language) {}

  /// Bytes as a terminal sends them; an arrow is three of them. What they ask for, in order.
  [[nodiscard]] std::vector<session::Act> press(std::string_view bytes);
  /// A raised ceiling is one step above this one, 0..1.
  void know_ceiling(float ceiling) { ceiling_ = ceiling; }

  /// A distress that is being typed, with what to press next; empty: none is.
  [[nodiscard]] std::string typed() const;
  /// True once after every `?`.
  [[nodiscard]] bool take_help_wanted() { return std::exchange(help_wanted_, false); }
  /// All keys, a line each.
  [[nodiscard]] std::string help() const;
  /// The keys that matter most, in a line.
  [[nodiscard]] std::string hint() const;

 private:
  [[nodiscard]] std::optional<session::Act> key(char letter);
  [[nodiscard]] std::optional<session::Act> finish_distress();

  treatment::Language language_;
  float ceiling_ = 0.0F;
  std::string digits_;
  bool help_wanted_ = false;
};

}  // namespace attune::cli
