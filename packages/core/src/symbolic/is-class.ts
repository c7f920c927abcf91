import type { Constructor } from './fields/instance.ts'

/**
 * Whether a value is a class. Built-in classes and `class` declarations alike have a prototype that can't be replaced;
 * arrow functions have none, plain functions one that can.
 */
export function isClass(value: object): value is Constructor {
  return Object.getOwnPropertyDescriptor(value, 'prototype')?.writable === false
}
