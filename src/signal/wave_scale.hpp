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
  double fastest_hz;           ///< what swings faster in the broad band came through its slope
  double stands_out;           ///< a wave has at least so many times the power of its quietest neighbour
};

/// Most of a normal QRS lies at 5–20 Hz (Thakor et al., IEEE Trans Biomed Eng 31, 1984); a lower edge of 8 Hz
/// keeps T waves out. Movements of the electrode end near 20 Hz, where a sharp QRS does not. A pure hum never
/// stands out; beats of records 100 and 118 do by 2.2 times and more, and swing at 8.5 to 16.5 Hz.
inline constexpr WaveScale qrs_scale{
    .broad = {8.0, 20.0},
    .sharp = {20.0, 60.0},
    .least_inner_hz = 150.0,
    .apart_s = 0.09,
    .reach_s = 0.11,
    .smoothing_s = 0.04,
    .kernel_s = 0.07,
    .shift_s = 0.025,
    .bridged_s = 0.06,
    .apex_reach_s = 0.06,
    .apex_slack_s = 0.012,
    .baseline_s = 0.1,
    .fastest_hz = 25.0,
    .stands_out = 1.5,
};

}  // namespace attune::signal
