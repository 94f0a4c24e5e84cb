#pragma once

#include <vector>

#include "attune/core/config.hpp"

namespace attune::scene {

/// What the high place shows at one exposure intensity.
struct HeightRow {
  double intensity = 0.0;
  double height_m = 0.0;  ///< of the deck over the street
  double railing = 2.0;   ///< 2 solid, 1 open bars, 0 only its hand rail left
  double gap_m = 0.0;     ///< width of the opening in front of the patient
  double gusts = 0.0;     ///< 0 still … 1 strong
};

/// From exposure intensity to scene: piecewise linear between rows. The height is concave in intensity, since
/// fear levels off near 40 m for most people and sway near 20 m (Wuehr et al. 2019, J Neurol 266 Suppl 1:80);
/// above that railing, gap and gusts carry the increase.
class HeightTable {
 public:
  static constexpr double highest_m = 60.0, widest_gap_m = 1.2;

  /// Reads `[[step]]` rows; whatever is wrong becomes a problem of the file: rows from 0 to 1 in order,
  /// heights rising by less and less a unit of intensity, railing only opening, gap and gusts only growing.
  static HeightTable read(core::ConfigTable& file);

  [[nodiscard]] HeightRow at(double intensity) const;
  /// The intensity whose height this is.
  [[nodiscard]] double intensity_at(double height_m) const;
  [[nodiscard]] const std::vector<HeightRow>& rows() const { return rows_; }

 private:
  std::vector<HeightRow> rows_{{0.0, 0.4, 2.0, 0.0, 0.0}, {1.0, highest_m, 0.0, 1.0, 1.0}};
};

}  // namespace attune::scene
