#pragma once

namespace attune::signal {

struct FrequencyBand {
  double low_hz = 0.0, high_hz = 0.0;
};

/// How long and how sharp the wave is by which a heart beat shows in one kind of signal.
struct WaveScale {
  FrequencyBand broad, sharp;  ///< where a broad and where a sharp wave stands out
  double least_inner_hz;       ///< samples are thinned out down to this rate at most
  double apart_s;              ///< what is closer is one wave, however split
  double reach_s;              ///< of the shape that is compared, and room to shift it
  double smoothing_s;          ///< the envelope looks as far to each side
  double kernel_s, shift_s;    ///< half the mean wave, and how far it may be shifted
  double bridged_s;            ///< longest gap that is bridged
  double apex_reach_s;         ///< the wave's top lies as near to its middle
  double apex_slack_s;         ///< and so near to where it was in the beats before
  double baseline_s;           ///< half the stretch whose mean is the foot of a top
};

/// Most of a normal QRS lies at 5–20 Hz (Thakor et al., IEEE Trans Biomed Eng 31, 1984); a lower edge of 8 Hz
/// keeps T waves out. Movements of the electrode end near 20 Hz, where a sharp QRS does not.
inline constexpr WaveScale qrs_scale{{8.0, 20.0}, {20.0, 60.0}, 150.0, 0.09, 0.11,  0.04,
                                     0.07,        0.025,        0.06,  0.06, 0.012, 0.1};

/// A pulse wave of the skin's blood: its rise takes some 0.15 s (Allen, Physiol Meas 28, 2007). The lower
/// edges keep breathing out.
inline constexpr WaveScale pulse_scale{{0.9, 4.0}, {2.5, 8.0}, 48.0, 0.27, 0.33, 0.12,
                                       0.21,       0.075,      0.2,  0.22, 0.06, 0.4};

}  // namespace attune::signal
