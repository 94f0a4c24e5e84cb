#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "attune/core/result.hpp"

/// Where the rows of a recording lie in time, whatever its time stamps are worth.
namespace attune::datasets {

/// Rows on an even grid of samples: slot n is n / rate_hz after slot 0.
struct SampleGrid {
  static constexpr std::int64_t left_out = -1;

  double rate_hz = 0.0;
  std::vector<std::int64_t>
      slot;  ///< of each row; rising with time, `left_out` for a row that was sent twice
  std::vector<std::string> notes;  ///< what was set right

  /// Row by slot, -1 where the recording holds none.
  [[nodiscard]] std::vector<std::int32_t> rows_by_slot() const;
};

/// Rows without time stamps: one slot each.
[[nodiscard]] SampleGrid even_grid(std::size_t rows, double rate_hz);

/// Rows by their time stamps. Stamps may be in s, ms, µs or ns, jitter, be coarser than the samples, repeat,
/// swap places, be missing or plainly wrong for a row, and start anew: a new start is a gap of
/// `restart_gap_s`.
/// @param stamps    one a row; NaN where unknown.
/// @param values    to tell a row that was sent twice from two samples with one stamp; same length.
/// @param rate_hz   as declared; without it the stamps tell. Stamps that tell otherwise win, with a note.
/// Errors: no two different stamps and no rate; gaps that add up to more than a day.
[[nodiscard]] core::Result<SampleGrid> grid_of_stamps(std::span<const double> stamps,
                                                      std::span<const double> values,
                                                      std::optional<double> rate_hz);

inline constexpr double restart_gap_s = 2.0;  ///< longer than any gap that is bridged
inline constexpr double longest_gap_s =
    10.0;  ///< a longer gap counts as this long: nothing bridges it anyway

}  // namespace attune::datasets
