#pragma once

#include <memory>
#include <optional>
#include <string_view>

#include "attune/session/networks.hpp"

namespace attune::cli {

/// A part of the product that is taken out, to see what it is good for.
enum class Ablation {
  treatment,  ///< the treatment network's output is 0
  monitor,    ///< the monitor says what it says of somebody about whom nothing is known
  reports,    ///< no self-report is asked for
  sensors,    ///< the body that is read is another patient's, who is in a session of their own
};

/// `treatment`, `monitor`, `reports` or `sensors`; nothing for another word.
[[nodiscard]] std::optional<Ablation> ablation_of(std::string_view name);
[[nodiscard]] std::string_view name_of(Ablation part);

/// The networks without the part; those themselves where the part is none of theirs.
[[nodiscard]] std::shared_ptr<session::Networks> without(std::optional<Ablation> part,
                                                         std::shared_ptr<session::Networks> networks);

}  // namespace attune::cli
