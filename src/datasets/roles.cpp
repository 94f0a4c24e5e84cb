#include "datasets/roles.hpp"

#include <array>

namespace attune::datasets {

namespace {

using telemetry::AoiRole;

struct Rule {
  std::string_view part;  ///< of the object's name
  AoiRole role;
};

// The first that fits decides: a floor beneath plants is a floor.
constexpr std::array rules{
    Rule{"Floor", AoiRole::neutral},
    Rule{"Ceiling", AoiRole::neutral},
    Rule{"_npc", AoiRole::social},
    Rule{"StandingIdle", AoiRole::social},
    Rule{"Standing_White", AoiRole::social},
    Rule{"Receptionist", AoiRole::social},
    Rule{"Menu", AoiRole::task},
    Rule{"Button", AoiRole::task},
    Rule{"Dialogue", AoiRole::task},
    Rule{"Instructions", AoiRole::task},
    Rule{"Tablet", AoiRole::task},
    Rule{"_Q", AoiRole::task},
    Rule{"Plant", AoiRole::calm},
    Rule{"Vase", AoiRole::calm},
    Rule{"painting", AoiRole::calm},
    Rule{"WallArt", AoiRole::calm},
    Rule{"Window", AoiRole::calm},
};

}  // namespace

AoiRole role_of(std::string_view object) {
  for (const auto& rule : rules) {
    if (object.find(rule.part) != std::string_view::npos) return rule.role;
  }
  return AoiRole::neutral;
}

}  // namespace attune::datasets
