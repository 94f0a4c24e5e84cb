// Panels and the glyphs on them. The C++ twins are in src/render/uniforms.hpp.
#ifndef ATTUNE_PANELS
#define ATTUNE_PANELS

struct Panel {
  mat4 session_from_panel;
  vec4 background;
  vec4 foreground;
  vec4 shape;  // half width, half height, corner radius, 1 when a disc
  vec4 marks;  // slider 0..1 or negative, progress 0..1, half length and height of the slider's track in metres
  vec4 choice; // x: how many places the slider has; 0: it is a scale
};

struct Glyph {
  vec4 place;  // left, bottom, right, top in metres on the panel
  vec4 atlas;  // the same in the atlas, 0..1
  uvec4 panel; // x: index into panels
};

layout(set = 0, binding = 6, std430) readonly buffer Panels { Panel panels[]; };
layout(set = 0, binding = 7, std430) readonly buffer Glyphs { Glyph glyphs[]; };

#endif
