#pragma once

#include <string>

#include "attune/treatment/phase.hpp"

namespace attune::treatment {

/// Words in both languages of the product, UTF-8.
struct Text {
  std::string en, zh;

  [[nodiscard]] const std::string& in(Language language) const {
    return language == Language::chinese ? zh : en;
  }
};

}  // namespace attune::treatment
