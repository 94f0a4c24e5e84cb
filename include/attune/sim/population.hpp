#pragma once

#include <cstddef>
#include <filesystem>
#include <map>
#include <random>
#include <string>

#include "attune/core/result.hpp"

/// Who the virtual patients are. The numbers of the shipped population are plausible, not fitted to a cohort.
namespace attune::sim {

/// One virtual patient: the parameters of both plants, of the words and of the sensors.
struct PatientParameters {
  double x0 = 0.2;               ///< baseline anxiety, 0..1
  double rho = 0.85;             ///< reactivity: anxiety that the whole stimulus adds
  double gamma = 1.0;            ///< steepness of the stimulus, φ(z) = z^γ
  double relief = 0.15;          ///< anxiety that calming feedback takes away from who complies fully
  double compliance = 0.65;      ///< 0..1, how far calming feedback is followed
  double tau_up_s = 18.0;        ///< time constant of rising anxiety
  double tau_down_s = 80.0;      ///< time constant of falling anxiety
  double habituation_min = 9.0;  ///< 1/κ
  double return_min = 40.0;      ///< 1/λ, return of fear
  double alpha = 1.2;            ///< avoidance: how far anxiety turns the attention away
  double v0 = 0.8;               ///< presence, 0..1
  double k_s = 0.002;            ///< proneness to sickness, 1/s
  double sigma = 0.03;           ///< deviation of the fast part of anxiety
  double bias = 0.0;             ///< added to every self-report, in units of x
  double gain_eye = 1.0;         ///< how strongly a sensor follows anxiety; 1 is the median person
  double gain_head = 1.0;
  double gain_heart = 1.0;
  double gain_breath = 1.0;
  double gain_skin = 1.0;
  double gain_tremor = 1.0;
  bool freezes = false;   ///< gestures fall with anxiety; in plant B a safety behaviour too
  bool still = false;     ///< the head goes still with anxiety
  double hr0_bpm = 70.0;  ///< resting heart rate

  // Plant B alone.
  double threat = 0.9;             ///< a: association of stimulus and threat at the start, 0..1
  double learning_min = 12.0;      ///< 1/η
  double generalise = 0.55;        ///< g: how much of what is learned with one variant holds with another
  double omega = 0.5;              ///< how far safety behaviour hinders learning
  double sensitise_min = 5.0;      ///< 1/μ: growth of the threat while overwhelmed
  double keep_first = 0.15;        ///< share of learning that a night keeps, after the first exposure
  double keep_spaced = 0.7;        ///< and after one that came long after the one before
  double presence_exponent = 1.0;  ///< π: coupling of presence to fear, by programme
  double rigid = 0.0;              ///< chance that a date that cannot be moved is missed for good
};

/// How one parameter is spread over a population.
struct Distribution {
  enum class Kind { uniform, normal, lognormal, gamma, bernoulli, constant };

  Kind kind = Kind::constant;
  double first = 0.0;   ///< low, mean, median, shape, p or value
  double second = 0.0;  ///< high, sd, sigma, mean; unused by bernoulli and constant

  [[nodiscard]] double draw(std::mt19937_64& random) const;
};

/// Distributions of all parameters, read from a file `assets/populations/*.toml` (format:
/// docs/virtual_patients.md).
struct Population {
  std::string name;
  std::string text;                                ///< the file as read, for those who keep it
  std::map<std::string, Distribution> parameters;  ///< by the file's keys

  /// The population of a file, or of the id of one in `assets/populations/`.
  /// Errors: no such file or id; every mistake of the file, `FILE:LINE: key: message` a line.
  [[nodiscard]] static core::Result<Population> read(const std::string& path_or_id);
  /// The same from text that is already there; `file` names it in errors.
  [[nodiscard]] static core::Result<Population> parse(const std::string& text, const std::string& file);

  /// Whether people of plant B can be drawn: its keys may be missing where only plant A is run.
  /// Errors: names the keys that are missing.
  [[nodiscard]] core::Result<void> check_plant_b() const;
};

/// One person of the population. Takes one word from `random`, whatever the population: with the same engine,
/// the n-th patients of two populations differ only in the parameters that the populations distribute
/// differently. A value outside what a parameter may be (a negative time constant) is moved to the nearest
/// that it may.
[[nodiscard]] PatientParameters draw_patient(const Population& population, std::mt19937_64& random);

}  // namespace attune::sim
