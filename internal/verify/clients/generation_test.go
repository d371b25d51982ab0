//go:build clients

package clients_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// generation is one generator at work in a folder.
type generation struct {
	t      *testing.T
	folder string
}

const (
	openAPIDocument = "../../openapi/openapi.yaml"
	xmlSchema       = "../../openapi/accounttasks.xsd"
)

func generateGo(g generation) []string {
	g.copy("generated/go")
	g.mkdir("tasks")
	g.run("go", "-C", g.folder, "tool", "oapi-codegen", "-config", "oapi-codegen.yaml", "-o", "tasks/tasks.go", absolute(g.t, openAPIDocument))
	g.run("go", "-C", g.folder, "build", "-o", "roundtrip", ".")
	return []string{g.path("roundtrip")}
}

func generatePython(g generation) []string {
	g.copy("generated/python")
	g.run(pythonTool(g.t, "openapi-python-client"), "generate", "--path", openAPIDocument, "--meta", "none",
		"--config", "generated/python/openapi-python-client.yaml", "--output-path", g.path("tasks_client"))
	return []string{pythonTool(g.t, "python"), g.path("roundtrip.py")}
}

func generateGeneratorPython(g generation) []string {
	g.copy("generated/python")
	g.openAPIGenerator("python", g.folder)
	return []string{pythonTool(g.t, "python"), g.path("roundtrip_openapi_generator.py")}
}

func generateTypeScript(g generation) []string {
	g.copy("generated/typescript")
	g.openAPIGenerator("typescript-fetch", g.path("client"))
	types := filepath.Join(tools(g.t), "node", "node_modules", "@types")
	g.run(nodeTool(g.t, "tsc"), "--strict", "--target", "es2022", "--module", "commonjs", "--moduleResolution", "node",
		"--lib", "es2022,dom", "--typeRoots", types, "--types", "node", "--outDir", g.path("out"), g.path("roundtrip.ts"))
	return []string{"node", g.path("out/roundtrip.js")}
}

func generateJava(g generation) []string {
	g.copy("generated/java")
	g.openAPIGenerator("java", g.path("client"))
	return g.compileJava("client/src/main/java", "RoundTrip.java")
}

func generateJAXB(g generation) []string {
	g.copy("generated/xsd")
	g.run("java", "-cp", jars(g.t), "com.sun.tools.xjc.XJCFacade", "-quiet", "-d", g.folder, "-p", "tasks", xmlSchema)
	return g.compileJava("tasks", "RoundTrip.java")
}

func generateCSharp(g generation) []string {
	g.copy("generated/xsd")
	g.run("xsd", xmlSchema, "/classes", "/outputdir:"+g.folder)
	g.run("mcs", "-nologo", "-out:"+g.path("RoundTrip.exe"), "-r:System.Net.Http", g.path("accounttasks.cs"), g.path("RoundTrip.cs"))
	return []string{"mono", g.path("RoundTrip.exe")}
}

// openAPIGenerator generates the client of a language. JVM options: the generator is short-lived.
func (g generation) openAPIGenerator(language, output string) {
	g.run("java", "-XX:TieredStopAtLevel=1", "-jar", filepath.Join(tools(g.t), "java", "openapi-generator-cli-7.25.0.jar"), "generate",
		"-g", language, "-i", openAPIDocument, "-o", output, "--global-property", "apiTests=false,modelTests=false,apiDocs=false,modelDocs=false")
}

// compileJava compiles a file with a folder of generated ones, and gives the command that runs it.
func (g generation) compileJava(generated, program string) []string {
	var sources []string
	err := filepath.WalkDir(g.path(generated), func(path string, _ os.DirEntry, err error) error {
		if strings.HasSuffix(path, ".java") {
			sources = append(sources, path)
		}
		return err
	})
	if err != nil {
		g.t.Fatal(err)
	}
	g.run("javac", append([]string{"-nowarn", "-d", g.path("classes"), "-cp", jars(g.t), g.path(program)}, sources...)...)
	return []string{"java", "-cp", g.path("classes") + ":" + jars(g.t), strings.TrimSuffix(program, ".java")}
}

func (g generation) path(name string) string { return filepath.Join(g.folder, name) }

func (g generation) run(name string, arguments ...string) { run(g.t, nil, name, arguments...) }

// copy copies a folder of the sources into the one that is worked in.
func (g generation) copy(folder string) {
	if err := os.CopyFS(g.folder, os.DirFS(folder)); err != nil {
		g.t.Fatal(err)
	}
}

func (g generation) mkdir(name string) {
	if err := os.Mkdir(g.path(name), 0o755); err != nil {
		g.t.Fatal(err)
	}
}
