#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "attune/record/recording.hpp"
#include "attune/treatment/programme.hpp"

namespace attune::report {

/// English and Chinese of one thing; either may be empty.
using Words = treatment::Text;

/// The names behind a recording's numbers: what the recording itself says, and, where they can be known, both
/// languages.
class Vocabulary {
 public:
  explicit Vocabulary(const record::Meta& meta);

  /// The programme out of the recording; none for an import, or when this build cannot read it.
  [[nodiscard]] const std::optional<treatment::Programme>& programme() const { return programme_; }
  /// The programme exposes to something; so does one that cannot be read, as far as anybody knows.
  [[nodiscard]] bool exposes() const { return !programme_ || programme_->limits.intensity.high > 0.0F; }
  [[nodiscard]] Words title() const;
  [[nodiscard]] Words aim() const;
  [[nodiscard]] Words phase(std::uint16_t id) const;
  [[nodiscard]] Words step(std::uint16_t index) const;
  [[nodiscard]] Words area(std::uint16_t id) const;
  [[nodiscard]] Words feature(std::uint16_t id) const;
  /// Both languages of a prompt, step, phase, hold, reason or command, when the words are one of ours.
  [[nodiscard]] Words translated(std::string_view words) const;

 private:
  record::Meta meta_;
  std::optional<treatment::Programme> programme_;
};

/// English with Chinese beside it, as HTML.
[[nodiscard]] std::string both(const Words& words);

/// Who was under the headset, in one plain sentence.
[[nodiscard]] Words who(const record::Meta& meta);
[[nodiscard]] Words role(telemetry::AoiRole role);
[[nodiscard]] Words event_kind(record::EventKind kind);
[[nodiscard]] Words report_kind(telemetry::ReportKind kind);
[[nodiscard]] Words inference(record::Inference inference);

/// Which tint a phase has on the plots: 0 neutral, 1 exposure, 2 recovery, 3 safe place and all others.
[[nodiscard]] int phase_tint(std::uint16_t phase);

}  // namespace attune::report
