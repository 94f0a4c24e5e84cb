#version 460
#extension GL_GOOGLE_include_directive : require
#extension GL_EXT_multiview : require
#include "frame.glsl"
#include "surface.glsl"

layout(location = 0) in vec3 position_m;
layout(location = 1) in vec4 colour;
layout(location = 2) in vec3 normal;
layout(location = 3) in uint material;

layout(location = 0) out vec3 session_position;
layout(location = 1) out vec3 session_normal;
layout(location = 2) out vec3 pattern_position;  // metres in the mesh's own directions
layout(location = 3) out vec4 albedo;
layout(location = 4) flat out vec3 pattern_normal;
layout(location = 5) flat out uint surface_material;

void main() {
  Instance instance = instances[order[gl_InstanceIndex]];
  vec4 p = vec4(position_m, 1.0);
  vec3 session = vec3(dot(instance.session_from_mesh[0], p), dot(instance.session_from_mesh[1], p),
                      dot(instance.session_from_mesh[2], p));
  if (surface == foliage) {
    vec3 phase = session * vec3(1.7, 0.9, 1.3) + frame.to_sun.w * vec3(1.1, 1.9, 1.4);
    session += 0.012 * sin(phase.yzx);
  }
  session_position = session;
  session_normal = vec3(dot(instance.normal_row[0].xyz, normal), dot(instance.normal_row[1].xyz, normal),
                        dot(instance.normal_row[2].xyz, normal));
  pattern_position = position_m * vec3(instance.normal_row[0].w, instance.normal_row[1].w, instance.normal_row[2].w);
  pattern_normal = normal;
  albedo = colour * instance.tint;
  surface_material = material;
  gl_Position = frame.eyes[gl_ViewIndex].clip_from_session * vec4(session, 1.0);
}
