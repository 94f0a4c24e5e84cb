// The fade that covers a stop or a large change. It takes the world alone: panels, the stop mark above all, stay.
#ifndef ATTUNE_FADE
#define ATTUNE_FADE
#include "colour.glsl"
#include "frame.glsl"

const float even_grey = 118.0 / 255.0;  // encoded

// Light of the world, exposed, with as much of the grey as the frame asks for. Mixed as it is shown, not as light: else
// a sun would shine through until the very end.
vec3 faded(vec3 scene) {
  float fade = frame.horizon_colour.w;
  if (fade <= 0.0) return scene;
  vec3 encoded = srgb_encode(clamp(display_from_scene(scene), 0.0, 1.0));
  return scene_from_display(srgb_decode(mix(encoded, vec3(even_grey), fade)));
}

#endif
