#pragma once

#include <array>
#include <bitset>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

/// The 100 features that the state monitor reads: their one table, and the values of one moment.
namespace attune::state {

inline constexpr std::size_t feature_count = 100;

/// What sensor a feature needs. Training drops whole groups, and the monitor's uncertainty grows with those
/// missing.
enum class FeatureGroup : std::uint8_t {
  eyes,
  heart,
  skin,
  head,
  hands,
  breathing,
  temperature,
  attention,
  context,
};
inline constexpr std::size_t feature_group_count = 9;

/// One row of the table of features; the row's number is the feature's index everywhere.
struct FeatureInfo {
  std::string_view name;  ///< VREED's column name for the first 75
  std::string_view unit;  ///< "1": a number without unit, "share": 0..1
  float window_s;         ///< trailing window: 2, 10, 30 or 60
  FeatureGroup group;
  bool computed;              ///< false: no headset or sensor gives it; only rows of VREED have it
  std::string_view words_en;  ///< what the feature says, for a therapist
  std::string_view words_zh;
};

// clang-format off
/// All features in order: 49 of the eyes, 18 of the heart and 8 of the skin in the order of the public VREED set
/// (Tabbaa et al., IMWUT 5(4), 2021), then 25 of our own (one of them of the skin). docs/features.md explains units and rules.
inline constexpr std::array<FeatureInfo, feature_count> feature_table{
    FeatureInfo{"Num_of_Fixations", "1/s", 30.0F, FeatureGroup::eyes, true, "how often the eyes come to rest", "注视次数"},
    FeatureInfo{"Mean_Fixation_Duration", "ms", 30.0F, FeatureGroup::eyes, true, "how long the eyes rest", "平均注视时长"},
    FeatureInfo{"SD_Fixation_Duration", "ms", 30.0F, FeatureGroup::eyes, true, "how unequal the rests of the eyes are", "注视时长波动"},
    FeatureInfo{"Skew_Fixation_Duration", "1", 30.0F, FeatureGroup::eyes, true, "a few long rests of the eyes among short ones", "注视时长偏度"},
    FeatureInfo{"Max_Fixation_Duration", "ms", 30.0F, FeatureGroup::eyes, true, "longest rest of the eyes", "最长注视时长"},
    FeatureInfo{"First_Fixation_Duration", "ms", 30.0F, FeatureGroup::eyes, true, "length of the first rest of the eyes", "首次注视时长"},
    FeatureInfo{"Num_of_Saccade", "1/s", 30.0F, FeatureGroup::eyes, true, "how often the eyes jump", "眼跳次数"},
    FeatureInfo{"Mean_Saccade_Duration", "ms", 30.0F, FeatureGroup::eyes, true, "how long eye jumps take", "平均眼跳时长"},
    FeatureInfo{"SD_Saccade_Duration", "ms", 30.0F, FeatureGroup::eyes, true, "how unequal eye jumps are in time", "眼跳时长波动"},
    FeatureInfo{"Skew_Saccade_Duration", "1", 30.0F, FeatureGroup::eyes, true, "a few long-lasting eye jumps among short ones", "眼跳时长偏度"},
    FeatureInfo{"Max_Saccade_Duration", "ms", 30.0F, FeatureGroup::eyes, true, "longest-lasting eye jump", "最长眼跳时长"},
    FeatureInfo{"Mean_Saccade_Amplitude", "deg", 30.0F, FeatureGroup::eyes, true, "how far the eyes jump", "平均眼跳幅度"},
    FeatureInfo{"SD_Saccade_Amplitude", "deg", 30.0F, FeatureGroup::eyes, true, "how unequal eye jumps are in size", "眼跳幅度波动"},
    FeatureInfo{"Skew_Saccade_Amplitude", "1", 30.0F, FeatureGroup::eyes, true, "a few wide eye jumps among small ones", "眼跳幅度偏度"},
    FeatureInfo{"Max_Saccade_Amplitude", "deg", 30.0F, FeatureGroup::eyes, true, "widest eye jump", "最大眼跳幅度"},
    FeatureInfo{"Mean_Saccade_Direction", "rad", 30.0F, FeatureGroup::eyes, true, "where the eyes jump to on the whole", "平均眼跳方向"},
    FeatureInfo{"SD_Saccade_Direction", "rad", 30.0F, FeatureGroup::eyes, true, "variety of directions of eye jumps", "眼跳方向波动"},
    FeatureInfo{"Skew_Saccade_Direction", "1", 30.0F, FeatureGroup::eyes, true, "lean of the directions of eye jumps", "眼跳方向偏度"},
    FeatureInfo{"Max_Saccade_Direction", "rad", 30.0F, FeatureGroup::eyes, true, "largest direction of an eye jump", "最大眼跳方向"},
    FeatureInfo{"Mean_Saccade_Length", "deg", 30.0F, FeatureGroup::eyes, true, "how far the eyes jump (length)", "平均眼跳长度"},
    FeatureInfo{"SD_Saccade_Length", "deg", 30.0F, FeatureGroup::eyes, true, "how unequal eye jumps are in length", "眼跳长度波动"},
    FeatureInfo{"Skew_Saccade_Length", "1", 30.0F, FeatureGroup::eyes, true, "a few long eye jumps among short ones", "眼跳长度偏度"},
    FeatureInfo{"Max_Saccade_Length", "deg", 30.0F, FeatureGroup::eyes, true, "longest eye jump", "最大眼跳长度"},
    FeatureInfo{"Num_of_Blink", "1/s", 30.0F, FeatureGroup::eyes, true, "how often the eyes blink", "眨眼次数"},
    FeatureInfo{"Mean_Blink_Duration", "ms", 30.0F, FeatureGroup::eyes, true, "how long blinks take", "平均眨眼时长"},
    FeatureInfo{"SD_Blink_Duration", "ms", 30.0F, FeatureGroup::eyes, true, "how unequal blinks are", "眨眼时长波动"},
    FeatureInfo{"Skew_Blink_Duration", "1", 30.0F, FeatureGroup::eyes, true, "a few long blinks among short ones", "眨眼时长偏度"},
    FeatureInfo{"Max_Blink_Duration", "ms", 30.0F, FeatureGroup::eyes, true, "longest blink", "最长眨眼时长"},
    FeatureInfo{"Num_of_Microsac", "1/s", 30.0F, FeatureGroup::eyes, true, "how often the resting eyes twitch", "微眼跳次数"},
    FeatureInfo{"Mean_Microsac_Peak_Vel", "deg/s", 30.0F, FeatureGroup::eyes, true, "typical speed of tiny eye jumps", "平均微眼跳峰速"},
    FeatureInfo{"SD_Microsac_Peak_Vel", "deg/s", 30.0F, FeatureGroup::eyes, true, "variation of speed of tiny eye jumps", "微眼跳峰速波动"},
    FeatureInfo{"Skew_Microsac_Peak_Vel", "1", 30.0F, FeatureGroup::eyes, true, "lopsidedness of speed of tiny eye jumps", "微眼跳峰速偏度"},
    FeatureInfo{"Max_Microsac_Peak_Vel", "deg/s", 30.0F, FeatureGroup::eyes, true, "largest speed of tiny eye jumps", "最大微眼跳峰速"},
    FeatureInfo{"Mean_Microsac_Ampl", "deg", 30.0F, FeatureGroup::eyes, true, "typical size of tiny eye jumps", "平均微眼跳幅度"},
    FeatureInfo{"SD_Microsac_Ampl", "deg", 30.0F, FeatureGroup::eyes, true, "variation of size of tiny eye jumps", "微眼跳幅度波动"},
    FeatureInfo{"Skew_Microsac_Ampl", "1", 30.0F, FeatureGroup::eyes, true, "lopsidedness of size of tiny eye jumps", "微眼跳幅度偏度"},
    FeatureInfo{"Max_Microsac_Ampl", "deg", 30.0F, FeatureGroup::eyes, true, "largest size of tiny eye jumps", "最大微眼跳幅度"},
    FeatureInfo{"Mean_Microsac_Dir", "deg", 30.0F, FeatureGroup::eyes, true, "typical direction of tiny eye jumps", "平均微眼跳方向"},
    FeatureInfo{"SD_Microsac_Dir", "deg", 30.0F, FeatureGroup::eyes, true, "variation of direction of tiny eye jumps", "微眼跳方向波动"},
    FeatureInfo{"Skew_Microsac_Dir", "1", 30.0F, FeatureGroup::eyes, true, "lopsidedness of direction of tiny eye jumps", "微眼跳方向偏度"},
    FeatureInfo{"Max_Microsac_Dir", "deg", 30.0F, FeatureGroup::eyes, true, "largest direction of tiny eye jumps", "最大微眼跳方向"},
    FeatureInfo{"Mean_Microsac_H_Amp", "deg", 30.0F, FeatureGroup::eyes, true, "typical sideways size of tiny eye jumps", "平均微眼跳水平幅度"},
    FeatureInfo{"SD_Microsac_H_Amp", "deg", 30.0F, FeatureGroup::eyes, true, "variation of sideways size of tiny eye jumps", "微眼跳水平幅度波动"},
    FeatureInfo{"Skew_Microsac_H_Amp", "1", 30.0F, FeatureGroup::eyes, true, "lopsidedness of sideways size of tiny eye jumps", "微眼跳水平幅度偏度"},
    FeatureInfo{"Max_Microsac_H_Amp", "deg", 30.0F, FeatureGroup::eyes, true, "largest sideways size of tiny eye jumps", "最大微眼跳水平幅度"},
    FeatureInfo{"Mean_Microsac_V_Amp", "deg", 30.0F, FeatureGroup::eyes, true, "typical upward size of tiny eye jumps", "平均微眼跳垂直幅度"},
    FeatureInfo{"SD_Microsac_V_Amp", "deg", 30.0F, FeatureGroup::eyes, true, "variation of upward size of tiny eye jumps", "微眼跳垂直幅度波动"},
    FeatureInfo{"Skew_Microsac_V_Amp", "1", 30.0F, FeatureGroup::eyes, true, "lopsidedness of upward size of tiny eye jumps", "微眼跳垂直幅度偏度"},
    FeatureInfo{"Max_Microsac_V_Amp", "deg", 30.0F, FeatureGroup::eyes, true, "largest upward size of tiny eye jumps", "最大微眼跳垂直幅度"},
    FeatureInfo{"ECG_Mean", "mV", 30.0F, FeatureGroup::heart, false, "level of the heart trace", "心电平均电位"},
    FeatureInfo{"ECG_Min", "mV", 30.0F, FeatureGroup::heart, false, "lowest point of the heart trace", "心电最低电位"},
    FeatureInfo{"ECG_Max", "mV", 30.0F, FeatureGroup::heart, false, "highest point of the heart trace", "心电最高电位"},
    FeatureInfo{"ECG_MeanRR", "0.5 ms", 60.0F, FeatureGroup::heart, true, "time between heartbeats", "平均心搏间期"},
    FeatureInfo{"ECG_MedianRR", "0.5 ms", 60.0F, FeatureGroup::heart, true, "middle time between heartbeats", "心搏间期中位数"},
    FeatureInfo{"ECG_MinRR", "0.5 ms", 60.0F, FeatureGroup::heart, true, "shortest time between heartbeats", "最短心搏间期"},
    FeatureInfo{"ECG_MaxRR", "0.5 ms", 60.0F, FeatureGroup::heart, true, "longest time between heartbeats", "最长心搏间期"},
    FeatureInfo{"ECG_LF", "mV^2", 30.0F, FeatureGroup::heart, false, "slow rhythm of the heart", "心率低频功率"},
    FeatureInfo{"ECG_HF", "mV^2", 30.0F, FeatureGroup::heart, false, "breathing rhythm of the heart", "心率高频功率"},
    FeatureInfo{"ECG_VLF", "mV^2", 30.0F, FeatureGroup::heart, false, "very slow rhythm of the heart", "心率极低频功率"},
    FeatureInfo{"ECG_Ibi", "ms", 10.0F, FeatureGroup::heart, true, "time between heartbeats", "心搏间期"},
    FeatureInfo{"ECG_Bpm", "1/min", 10.0F, FeatureGroup::heart, true, "heart rate", "心率"},
    FeatureInfo{"ECG_Sdnn", "ms", 60.0F, FeatureGroup::heart, true, "variation of the heartbeat", "心搏间期波动"},
    FeatureInfo{"ECG_Sdsd", "ms", 60.0F, FeatureGroup::heart, true, "variation from beat to beat", "逐搏变化波动"},
    FeatureInfo{"ECG_Rmssd", "ms^2", 60.0F, FeatureGroup::heart, true, "change from beat to beat", "逐搏变化"},
    FeatureInfo{"ECG_Pnn50", "share", 60.0F, FeatureGroup::heart, true, "share of large changes between beats", "大幅逐搏变化占比"},
    FeatureInfo{"ECG_pnn20", "share", 60.0F, FeatureGroup::heart, true, "share of changes between beats", "逐搏变化占比"},
    FeatureInfo{"ECG_Pnn50pnn20", "1", 60.0F, FeatureGroup::heart, true, "large among all changes between beats", "大幅变化比例"},
    FeatureInfo{"GSR_Mean", "uS", 10.0F, FeatureGroup::skin, true, "skin conductance", "皮肤电导"},
    FeatureInfo{"GSR_SD", "uS", 60.0F, FeatureGroup::skin, true, "variation of skin conductance", "皮肤电导波动"},
    FeatureInfo{"GSR_Variance", "uS^2", 60.0F, FeatureGroup::skin, true, "variance of skin conductance", "皮肤电导方差"},
    FeatureInfo{"GSR_Minimum", "uS", 60.0F, FeatureGroup::skin, true, "lowest skin conductance", "最低皮肤电导"},
    FeatureInfo{"GSR_Maximum", "uS", 60.0F, FeatureGroup::skin, true, "highest skin conductance", "最高皮肤电导"},
    FeatureInfo{"GSR_Number_of_Peaks", "per 0.5 ms", 60.0F, FeatureGroup::skin, true, "how often the skin responds", "皮肤电反应次数"},
    FeatureInfo{"GSR_Number_of_Valleys", "per 0.5 ms", 60.0F, FeatureGroup::skin, true, "how often the skin calms", "皮肤电回落次数"},
    FeatureInfo{"GSR_Ratio", "see below", 30.0F, FeatureGroup::skin, false, "skin responses, by length", "皮肤电反应比"},
    FeatureInfo{"Head_Speed_Mean", "deg/s", 30.0F, FeatureGroup::head, true, "speed of the head", "头部转速"},
    FeatureInfo{"Head_Speed_SD", "deg/s", 30.0F, FeatureGroup::head, true, "unevenness of head movement", "头部转速波动"},
    FeatureInfo{"Head_Yaw_Spread", "deg", 10.0F, FeatureGroup::head, true, "how far the head looks around", "头部左右转动范围"},
    FeatureInfo{"Head_Pitch_Mean", "deg", 30.0F, FeatureGroup::head, true, "looking up or down", "头部俯仰"},
    FeatureInfo{"Head_Sway_Rms", "mm", 30.0F, FeatureGroup::head, true, "body sway", "身体摇晃幅度"},
    FeatureInfo{"Head_Sway_Speed", "mm/s", 30.0F, FeatureGroup::head, true, "speed of body sway", "身体摇晃速度"},
    FeatureInfo{"Head_Still_Share", "share", 30.0F, FeatureGroup::head, true, "time with the head held still", "头部静止时间占比"},
    FeatureInfo{"Hand_Speed_Mean", "m/s", 30.0F, FeatureGroup::hands, true, "speed of the hands", "手部速度"},
    FeatureInfo{"Hand_Speed_SD", "m/s", 30.0F, FeatureGroup::hands, true, "unevenness of hand movement", "手部速度波动"},
    FeatureInfo{"Hand_Tremor_Rms", "mm", 30.0F, FeatureGroup::hands, true, "trembling of the hands", "手部震颤"},
    FeatureInfo{"Hand_Still_Share", "share", 30.0F, FeatureGroup::hands, true, "time with the hands held still", "手部静止时间占比"},
    FeatureInfo{"Hand_Reach_Mean", "m", 30.0F, FeatureGroup::hands, true, "hands held away from the body", "手离身体的距离"},
    FeatureInfo{"Trigger_Rate", "1/s", 30.0F, FeatureGroup::hands, true, "how often a trigger is pulled", "扳机按压频率"},
    FeatureInfo{"Breath_Rate", "1/min", 30.0F, FeatureGroup::breathing, true, "breathing rate", "呼吸频率"},
    FeatureInfo{"Breath_Regularity", "1", 60.0F, FeatureGroup::breathing, true, "regularity of breathing", "呼吸规律性"},
    FeatureInfo{"Skin_Temperature_Mean", "degC", 30.0F, FeatureGroup::temperature, true, "skin temperature", "皮肤温度"},
    FeatureInfo{"Skin_Temperature_Slope", "degC/min", 30.0F, FeatureGroup::temperature, true, "warming of the skin", "皮肤温度变化"},
    FeatureInfo{"Skin_Conductance_Slope", "%/min", 60.0F, FeatureGroup::skin, true, "rise of skin conductance", "皮肤电导变化"},
    FeatureInfo{"Target_Share", "share", 30.0F, FeatureGroup::attention, true, "looking at the target", "注视目标的时间占比"},
    FeatureInfo{"Threat_Bias", "1", 30.0F, FeatureGroup::attention, true, "looking at threat rather than calm", "偏向威胁的注视"},
    FeatureInfo{"Aoi_Dwell_Mean", "s", 30.0F, FeatureGroup::attention, true, "length of a look at one object", "单次注视物体时长"},
    FeatureInfo{"Aoi_Entry_Rate", "1/s", 30.0F, FeatureGroup::attention, true, "how often another object is looked at", "注视物体切换频率"},
    FeatureInfo{"Gaze_Dispersion", "deg", 10.0F, FeatureGroup::attention, true, "how widely the gaze wanders", "视线分散程度"},
    FeatureInfo{"Gaze_Eccentricity", "deg", 30.0F, FeatureGroup::context, true, "looking from the corner of the eye", "视线偏离头部朝向"},
    FeatureInfo{"Threat_In_View", "share", 30.0F, FeatureGroup::context, true, "threat in front of the head", "威胁在视野中的时间占比"},
};
// clang-format on

/// The index of a feature, or `feature_count` when there is none of that name.
[[nodiscard]] constexpr std::size_t feature_index(std::string_view name) {
  for (std::size_t i = 0; i < feature_count; ++i) {
    if (feature_table[i].name == name) return i;
  }
  return feature_count;
}

/// The features of one moment. A value is read only where `present` says so, and is 0 elsewhere.
struct Features {
  std::array<float, feature_count> value{};
  std::bitset<feature_count> present;

  /// Bit g: some feature of `FeatureGroup` g is present.
  [[nodiscard]] std::uint16_t groups() const {
    std::uint16_t bits = 0;
    for (std::size_t i = 0; i < feature_count; ++i) {
      if (present[i])
        bits = static_cast<std::uint16_t>(bits | 1U << static_cast<unsigned>(feature_table[i].group));
    }
    return bits;
  }
};

[[nodiscard]] std::string_view name_of(FeatureGroup group);

/// The table of docs/features.md, generated: a test compares the two.
[[nodiscard]] std::string feature_table_markdown();

}  // namespace attune::state
