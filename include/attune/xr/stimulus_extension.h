#pragma once

#include <openxr/openxr.h>

#include "attune/telemetry/stimulus.hpp"

/// XR_ATTUNE_stimulus: a private extension of the replay runtime, the way back to a virtual patient. The
/// application tells what it shows, once a frame before xrEndFrame, and reads what sensors and mouth of the
/// patient gave. Both sides come from one build: `bytes` guards against anything else
/// (XR_ERROR_VALIDATION_FAILURE).
#define XR_ATTUNE_stimulus 1
#define XR_ATTUNE_stimulus_SPEC_VERSION 1
#define XR_ATTUNE_STIMULUS_EXTENSION_NAME "XR_ATTUNE_stimulus"

constexpr XrStructureType XR_TYPE_STIMULUS_ATTUNE = static_cast<XrStructureType>(1000999000);
constexpr XrStructureType XR_TYPE_PATIENT_SIGNALS_ATTUNE = static_cast<XrStructureType>(1000999001);

struct XrStimulusATTUNE {
  XrStructureType type = XR_TYPE_STIMULUS_ATTUNE;
  const void* next = nullptr;
  uint32_t bytes = sizeof(attune::telemetry::Stimulus);
  XrTime displayTime = 0;  ///< of the frame that shows it
  attune::telemetry::Stimulus stimulus;
};

struct XrPatientSignalsATTUNE {
  XrStructureType type = XR_TYPE_PATIENT_SIGNALS_ATTUNE;
  void* next = nullptr;
  uint32_t bytes = sizeof(attune::telemetry::PatientSignals);
  attune::telemetry::PatientSignals signals;
};

/// What is shown at `displayTime`. Errors: XR_ERROR_SESSION_NOT_RUNNING, XR_ERROR_VALIDATION_FAILURE.
typedef XrResult(XRAPI_PTR* PFN_xrApplyStimulusATTUNE)(XrSession session, const XrStimulusATTUNE* stimulus);
/// Vitals at `time` (the predicted display time of the frame), and the answers that came since the last call.
typedef XrResult(XRAPI_PTR* PFN_xrGetPatientSignalsATTUNE)(XrSession session, XrTime time,
                                                           XrPatientSignalsATTUNE* signals);
